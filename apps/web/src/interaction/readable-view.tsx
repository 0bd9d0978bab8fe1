import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InteractionInPlace, Signal } from '../api/shapes.ts';
import { BreachStart } from '../boundary/breach-start.tsx';
import { NotedWords, theirWords } from '../by-hand/noted-words.tsx';
import { useLanguage } from '../language/engine.ts';
import { FindingList } from '../language/finding-list.tsx';
import { kindWords } from '../language/kind-words.ts';
import { ReplyBox } from '../language/reply-box.tsx';
import { countByKind } from '../language/segments.ts';
import { marksQuery } from '../language/signals.queries.ts';
import { useAnswerLines } from '../points/answer-lines.ts';
import type { Place } from '../points/find-words.ts';
import { LostWords } from '../points/lost-words.tsx';
import { NoveltySection } from '../points/novelty-section.tsx';
import { ReplyNeed } from '../points/reply-need.tsx';
import { WordsByKey } from '../points/words-by-key.tsx';
import { QuoteStart } from '../procedure/quote-start.tsx';
import { PromiseProposals } from '../promises/proposals.tsx';
import { KeyCap } from '../shell/key-cap.tsx';
import { useKeys } from '../shell/keys.ts';
import { ThreadLink } from '../thread/thread-link.tsx';
import { t } from '../words/t.ts';
import { copyQuote } from './copy-quote.ts';
import { FoldedText } from './folded-text.tsx';
import { HtmlView } from './html-view.tsx';
import { MailFactsView } from './mail-facts.tsx';
import { Marks } from './marks.tsx';
import { EarlierWords, Reactions } from './reactions.tsx';

/** The words of a message; quoted history is folded for the eye, the text beneath is whole. */
export function ReadableView({ interaction }: { interaction: InteractionInPlace }) {
  const { text, quotedFrom, html, row, noted } = interaction;
  const theirs = theirWords(interaction);
  const [isFormatted, setFormatted] = useState(html && text.trim() === '');
  const [isFolded, setFolded] = useState(false);
  const [isReplying, setReplying] = useState(false);
  const [byKey, setByKey] = useState<{ from: Place | null } | null>(null);
  const chooseWords = (from: Place | null) => {
    setFolded(false);
    setFormatted(false);
    setByKey({ from });
  };
  const answerLines = useAnswerLines(interaction);
  const partyId = row.parties[0]?.id;
  const signals = useQuery(marksQuery(row.id, partyId)).data ?? [];
  useKeys([
    { keys: 'h', says: 'keys.fold', run: () => setFolded((now) => !now) },
    { keys: 'r', says: 'keys.reply', run: () => setReplying((now) => !now) },
    { keys: 'i', says: 'keys.selectWords', run: () => chooseWords(null) },
    { keys: 'q', says: 'keys.quote', run: () => void copyQuote(interaction) },
  ]);
  return (
    <div className="readable">
      <p className="small readable-choice row">
        {row.direction !== 'outbound' && row.direction !== 'internal' && (
          <button
            type="button"
            className="action action-first"
            aria-pressed={isReplying}
            onClick={() => setReplying((now) => !now)}
          >
            {t('keys.reply')}
          </button>
        )}
        {html && (
          <button
            type="button"
            className="link-button"
            aria-pressed={isFormatted}
            onClick={() => setFormatted((now) => !now)}
          >
            {isFormatted ? t('readable.asText') : t('readable.asFormatted')}
          </button>
        )}
        {signals.length > 0 && (
          <button
            type="button"
            className="link-button"
            aria-pressed={isFolded}
            onClick={() => setFolded((now) => !now)}
          >
            {isFolded ? t('answer.unfold') : t('answer.fold')}
          </button>
        )}
        {!isFolded && text.trim() !== '' && (
          <button
            type="button"
            className="link-button"
            aria-pressed={byKey !== null}
            onClick={() => (byKey ? setByKey(null) : chooseWords(null))}
          >
            {t('keys.selectWords')} <KeyCap says="i" />
          </button>
        )}
        <ThreadLink id={row.id} count={interaction.inThread} />
        {row.direction !== 'outbound' && row.parties[0] && (
          <>
            <BreachStart interactionId={row.id} partyId={row.parties[0].id} />
            <QuoteStart interactionId={row.id} partyId={row.parties[0].id} />
          </>
        )}
      </p>
      <LostWords interactionId={row.id} onLook={chooseWords} />
      <MailFactsView interaction={interaction} />
      {isFolded ? (
        <Digest text={theirs} signals={signals} />
      ) : isFormatted ? (
        <HtmlView id={row.id} />
      ) : (
        <WordsByKey isOn={byKey !== null} from={byKey?.from ?? null} onLeave={() => setByKey(null)}>
          {noted ? (
            <NotedWords text={text} parts={noted.parts} signals={signals} />
          ) : (
            <FoldedText text={text} quotedFrom={quotedFrom} signals={signals} />
          )}
        </WordsByKey>
      )}
      <EarlierWords exported={interaction.exported} />
      <Reactions exported={interaction.exported} />
      <NoveltySection interaction={interaction} />
      {!isFolded && <Marks signals={signals} partyId={row.parties[0]?.id ?? null} />}
      {!isFolded && <PromiseProposals interactionId={row.id} party={row.parties[0]} />}
      {isReplying && (
        <div ref={writesThere}>
          <ReplyBox replyTo={theirs} lines={answerLines} partyId={partyId} interactionId={row.id}>
            {partyId && <ReplyNeed interaction={interaction} partyId={partyId} />}
          </ReplyBox>
        </div>
      )}
    </div>
  );
}

/** Who opened the reply writes it next. */
function writesThere(box: HTMLElement | null): void {
  box?.querySelector('textarea')?.focus();
}

/** What stands in a message without its words: what is asked, and how many marks of which kind. By rule, not by guess. */
function Digest({ text, signals }: { text: string; signals: readonly Signal[] }) {
  const language = useLanguage();
  const asks = language ? language.read.readAsks(language.engine, text).asks : [];
  return (
    <section className="sheet">
      <p className="answer-head">
        {t('answer.folded')}{' '}
        {countByKind(signals)
          .map(([kind, count]) => `${kindWords({ kind })} ${count}×`)
          .join(' · ')}
      </p>
      {asks.length > 0 && <FindingList findings={asks} help={() => t('answer.ground')} />}
    </section>
  );
}
