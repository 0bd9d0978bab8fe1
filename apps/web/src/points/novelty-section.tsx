import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { InteractionInPlace } from '../api/shapes.ts';
import type { Novelty, Repetition, WishSeen } from '../generated/types.gen.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useKeys } from '../shell/keys.ts';
import { staying } from '../shell/staying.ts';
import { toast } from '../shell/toasts.tsx';
import { named, t } from '../words/t.ts';
import { CiteForm, type Kind } from './cite-form.tsx';
import { maker } from './making.ts';
import { PointLink } from './point-link.tsx';
import { type CiteWish, noveltyQuery } from './points.queries.ts';
import { QuoteLine } from './quote-line.tsx';
import { lostWords, selectedCite } from './selected-cite.ts';
import { useSaying } from './use-saying.ts';
import '../language/language.css';
import './points.css';

type Making = { cite: CiteWish; suggested?: { kind: Kind; title: string } | undefined };

/** Beneath a message: what is new in it, what it raises again, and the form that makes a point of selected words. */
export function NoveltySection({ interaction }: { interaction: InteractionInPlace }) {
  const { row, text } = interaction;
  const partyId = row.parties[0]?.id;
  const [making, setMaking] = useState<Making | null>(null);
  const isTheirs = row.direction !== 'outbound';
  const wishes = useQuery({
    ...noveltyQuery(row.id, partyId ?? ''),
    enabled: isTheirs && partyId !== undefined,
  }).data?.wishes;
  const start = (kind?: Kind) => {
    const cite = partyId ? selectedCite(row.id, text) : null;
    if (cite) setMaking({ cite, suggested: suggestedFor(cite, kind, wishes) });
    return cite !== null;
  };
  useEffect(() => {
    // Words that the record does not have so were selected all the same: that is said here.
    maker.set(() => () => start() || lostWords.get() !== null);
    return () => maker.set(() => null);
  });
  useKeys([{ keys: '#', says: 'keys.point', run: () => start() || askToSelect() }]);
  if (!partyId) return null;
  const side = !isTheirs ? 'ours' : isOneVoice(row.kind) ? 'theirs' : 'both';
  return (
    <>
      <p className="small novelty-none">
        <button
          type="button"
          className="link-button"
          // The press would take the selection away before it is read.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => start() || askToSelect()}
        >
          {t('novelty.ofSelected')}
        </button>{' '}
        <KeyCap says="#" />
      </p>
      {making && (
        <CiteForm
          key={`${making.cite.start}-${making.cite.end}`}
          partyId={partyId}
          cite={making.cite}
          side={side}
          suggested={making.suggested}
          onDone={() => setMaking(null)}
        />
      )}
      {isTheirs && <WhatIsNew id={row.id} partyId={partyId} onMake={setMaking} />}
    </>
  );
}

/** Where words are selected that the record does not have so, that is said beside them. */
function askToSelect(): void {
  if (lostWords.get() === null) toast(t('quote.selectFirst'));
}

const SHORT = 40;

/** Selected words that the language engine saw as a wish are of its kind; a short selection names itself. */
function suggestedFor(
  cite: CiteWish,
  kind: Kind | undefined,
  wishes: readonly WishSeen[] = [],
): Making['suggested'] {
  const wish = wishes.find((each) => each.cite.start < cite.end && cite.start < each.cite.end);
  const title = wish && cite.quote.length >= SHORT ? wish.title : cite.quote.slice(0, SHORT);
  return { kind: kind ?? wish?.kind ?? 'demand', title };
}

/** In a message one side speaks; a call or a meeting that was noted holds the words of both. */
function isOneVoice(kind: string): boolean {
  return kind === 'message' || kind === 'document';
}

type Looked = { id: string; partyId: string; onMake: (making: Making) => void };

function WhatIsNew({ id, partyId, onMake }: Looked) {
  const novelty = useQuery(noveltyQuery(id, partyId)).data;
  const again = novelty?.wishes.flatMap((wish) => wish.again) ?? [];
  const reply = again.find((one) => one.reply)?.reply;
  useKeys(reply ? [{ keys: 'a', says: 'keys.answerLine', run: () => void copyReply(reply) }] : []);
  if (!novelty) return null;
  const repeated = novelty.wishes.filter(isRepeated);
  const fresh = novelty.wishes.filter((wish) => !isRepeated(wish));
  if (novelty.wishes.length + novelty.facts.length + novelty.documents.length === 0)
    return <p className="small quiet novelty-none">{t('novelty.nothing')}</p>;
  return (
    <section className="sheet novelty" aria-label={t('novelty.title')}>
      <h2 className="answer-head">{t('novelty.new')}</h2>
      <Facts novelty={novelty} />
      {fresh.length > 0 && (
        <ol className="findings">
          {fresh.map((wish) => (
            <NewWish key={wish.cite.start} wish={wish} partyId={partyId} onMake={onMake} />
          ))}
        </ol>
      )}
      {repeated.length > 0 && (
        <>
          <h2 className="answer-head novelty-again">{t('novelty.again')}</h2>
          <ol className="findings">
            {repeated.map((wish) =>
              wish.again.length > 0 ? (
                <Repeated key={wish.cite.start} wish={wish} partyId={partyId} first={again[0]} />
              ) : (
                <NewWish key={wish.cite.start} wish={wish} partyId={partyId} onMake={onMake} />
              ),
            )}
          </ol>
        </>
      )}
    </section>
  );
}

/** Of a point, or of earlier messages of which nobody has made one. */
function isRepeated({ again, before }: WishSeen): boolean {
  return again.length + before.length > 0;
}

function Facts({ novelty: { facts, documents, wishes, compared } }: { novelty: Novelty }) {
  const isSilent = facts.length + documents.length === 0 && wishes.every(isRepeated);
  return (
    <div className="novelty-facts">
      {isSilent && <p>{t('novelty.noNews')}</p>}
      {facts.length > 0 && (
        <p>
          {facts.map(({ quote, start, kind }) => (
            <span key={start} className="novelty-fact" title={named('fact', kind)}>
              {quote}
            </span>
          ))}
        </p>
      )}
      {documents.length > 0 && (
        <p>
          {documents.map(({ name, sha256 }) => (
            <span key={sha256} className="novelty-fact">
              {t('novelty.document', { name: name ?? t('novelty.unnamed') })}
            </span>
          ))}
        </p>
      )}
      <p className="small quiet">
        {compared.isCut
          ? t('novelty.comparedCut', { count: compared.messages })
          : t('novelty.compared', { count: compared.messages })}
      </p>
    </div>
  );
}

type WishShown = { wish: WishSeen; partyId: string };

function NewWish({ wish, partyId, onMake }: WishShown & { onMake: (making: Making) => void }) {
  const { kind, cite, title, point, near, before } = wish;
  return (
    <li className="finding">
      <span className="finding-number">·</span>
      <q className="finding-quote">{cite.quote}</q>
      <span className="small quiet">{named('pointKind', kind)}</span>
      <div className="finding-says small">
        {point !== null ? (
          <PointLink partyId={partyId} number={point}>
            {t('novelty.isPoint', { number: point })}
          </PointLink>
        ) : (
          <button
            type="button"
            className="link-button"
            onClick={() => onMake({ cite, suggested: { kind, title } })}
          >
            {t('novelty.make')}
          </button>
        )}
        {near.map(({ number, title: name, other }) => (
          <span key={number} className="quiet">
            {' · '}
            <PointLink partyId={partyId} number={number}>
              {t('novelty.near', { number, title: name, other: other.join(', ') })}
            </PointLink>
          </span>
        ))}
        {before[0] && (
          <QuoteLine partyId={partyId} cite={before[0]} side="theirs">
            <span className="quiet"> · {t('novelty.before', { count: before.length })}</span>
          </QuoteLine>
        )}
      </div>
    </li>
  );
}

function Repeated({ wish, partyId, first }: WishShown & { first: Repetition | undefined }) {
  return (
    <li className="finding">
      <span className="finding-number">·</span>
      <q className="finding-quote">{wish.cite.quote}</q>
      <span className="small quiet">{named('pointKind', wish.kind)}</span>
      <div className="finding-says stack-small">
        {wish.again.map((one) => (
          <OneRepetition key={one.id} one={one} wish={wish} partyId={partyId} isFirst={one === first} />
        ))}
      </div>
    </li>
  );
}

function OneRepetition({ one, wish, partyId, isFirst }: WishShown & { one: Repetition; isFirst: boolean }) {
  const saying = useSaying(partyId);
  const isCounted = wish.point === one.number;
  return (
    <div className="repetition">
      <PointLink partyId={partyId} number={one.number}>
        #{one.number} {one.title}
      </PointLink>
      <span className="small quiet">
        {' '}
        {named('pointState', one.state)}, {t('point.askedTimes', { count: one.count })} ·{' '}
        {t('novelty.words', { words: one.words.join(', ') })}
      </span>
      <QuoteLine partyId={partyId} cite={one.asked} side="theirs" />
      {one.answer && <QuoteLine partyId={partyId} cite={one.answer} side="ours" />}
      {one.agreed && <QuoteLine partyId={partyId} cite={one.agreed} side="theirs" />}
      <div className="row small">
        {one.reply && (
          <button
            type="button"
            className="link-button"
            title={one.reply}
            onClick={() => void copyReply(one.reply!)}
          >
            {t('novelty.copyReply')} {isFirst && <KeyCap says="a" />}
          </button>
        )}
        {isCounted ? (
          <span className="quiet">{t('novelty.counted')}</span>
        ) : (
          <button
            type="button"
            className="link-button"
            {...staying(saying.isPending)}
            onClick={() => saying.mutate({ id: one.id, said: { does: 'raise', cite: wish.cite } })}
          >
            {t('novelty.count')}
          </button>
        )}
      </div>
    </div>
  );
}

async function copyReply(reply: string): Promise<void> {
  await navigator.clipboard.writeText(reply);
  toast(t('novelty.copied', { reply }));
}
