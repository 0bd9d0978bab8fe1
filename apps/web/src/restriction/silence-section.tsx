import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CiteLink, CitePicker } from '../agreement/cite-picker.tsx';
import { DoForm } from '../agreement/do-form.tsx';
import type { Cite } from '../agreement/shapes.ts';
import { Act, DecidersOnly, Why, wordsOf } from '../casefile/act.tsx';
import { beginSilence, endSilence, settleLook } from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { noonOf } from './measure-words.ts';
import type { Silence } from './restriction.queries.ts';

type Given = { partyId: string; silences: readonly Silence[] };
type Look = Silence['looks'][number];

/** What is filed and not answered: until when and why, and every message that was read meanwhile. */
export function SilenceSection({ partyId, silences }: Given) {
  const [isAsking, setAsking] = useState(false);
  const isRunning = silences.some(({ isQuiet }) => isQuiet);
  return (
    <section className="stack" aria-labelledby="silence">
      <h2 id="silence" className="answer-head">
        {t('filed.title')}
      </h2>
      <p className="small quiet">{t('filed.about')}</p>
      {silences.map((one) => (
        <SilenceCard key={one.id} partyId={partyId} silence={one} />
      ))}
      {!isRunning && !isAsking && (
        <DecidersOnly>
          <button type="button" className="action" onClick={() => setAsking(true)}>
            {t('filed.begin')}
          </button>
        </DecidersOnly>
      )}
      {isAsking && <BeginForm partyId={partyId} onDone={() => setAsking(false)} />}
    </section>
  );
}

function BeginForm({ partyId, onDone }: { partyId: string; onDone: () => void }) {
  const [repeat, setRepeat] = useState<Cite | null>(null);
  const [answer, setAnswer] = useState<Cite | null>(null);
  const [reason, setReason] = useState('');
  const [untilOn, setUntil] = useState('');
  const begin = () =>
    beginSilence({ path: { id: partyId }, body: { reason, repeat, answer, untilOn: untilOn || null } });
  return (
    <DoForm says={t('filed.begin')} doneSays={t('filed.began')} act={begin} onDone={onDone} onCancel={onDone}>
      <CitePicker
        partyId={partyId}
        side="theirs"
        says={t('filed.repeatAsk')}
        cite={repeat}
        onPick={setRepeat}
      />
      <CitePicker
        partyId={partyId}
        side="ours"
        says={t('filed.answerAsk')}
        cite={answer}
        onPick={setAnswer}
      />
      <label>
        {t('casefile.why')}
        <textarea rows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </label>
      <label>
        {t('restriction.untilAsk')}
        <input type="date" value={untilOn} onChange={(event) => setUntil(event.currentTarget.value)} />
      </label>
    </DoForm>
  );
}

function SilenceCard({ partyId, silence }: { partyId: string; silence: Silence }) {
  const { id, reason, repeat, answer, until, isQuiet, ended, looks } = silence;
  return (
    <article className="sheet restriction-card">
      <p>
        <strong>{t(isQuiet ? 'filed.runs' : 'filed.over', { date: dateOf(noonOf(until.on)) })}</strong>{' '}
        {reason}
      </p>
      <p>
        {t('filed.theySay')} <CiteLink partyId={partyId} cite={repeat} />
      </p>
      <p>
        {t('filed.weSaid')} <CiteLink partyId={partyId} cite={answer} />
      </p>
      {ended && <p className="small quiet">{ended.reason}</p>}
      <ul className="restriction-looks">
        {looks.map((look) => (
          <LookLine key={look.interactionId} partyId={partyId} look={look} />
        ))}
      </ul>
      {isQuiet && (
        <DecidersOnly>
          <Act
            says={t('filed.end')}
            run={(fields) => endSilence({ path: { id }, body: { reason: wordsOf(fields, 'reason') } })}
          >
            <Why />
          </Act>
        </DecidersOnly>
      )}
    </article>
  );
}

function LookLine({ partyId, look }: { partyId: string; look: Look }) {
  const { interactionId, at, found, compared, isNew, settled, note } = look;
  return (
    <li>
      <Link
        to="/clients/$partyId/interactions/$interactionId"
        params={{ partyId, interactionId }}
        className="small"
      >
        {momentOf(at)}
      </Link>{' '}
      <span className={isNew && !settled ? undefined : 'small quiet'}>
        {isNew ? t('filed.foundNew', { count: found.length }) : t('filed.foundNothing', { compared })}
      </span>
      {found.map(({ kind, says }) => (
        <p key={`${kind} ${says}`} className={kind === 'danger' ? 'danger' : undefined}>
          <span className="small quiet">{t('filed.kind', { kind })}</span> <q>{says}</q>
        </p>
      ))}
      {settled && (
        <p className="small quiet">
          {t('filed.settled', { settled })} {note}
        </p>
      )}
      {isNew && !settled && <SettleActs look={look} />}
    </li>
  );
}

function SettleActs({ look: { silenceId, interactionId } }: { look: Look }) {
  const settle = (outcome: 'filed' | 'answered') => (fields: FormData) =>
    settleLook({
      path: { id: silenceId },
      body: { interaction: interactionId, outcome, note: wordsOf(fields, 'reason') },
    });
  return (
    <div className="row">
      <Act says={t('filed.answerIt')} run={settle('answered')}>
        <p className="small quiet">{t('filed.answerItAbout')}</p>
      </Act>
      <Act says={t('filed.fileIt')} run={settle('filed')}>
        <Why says={t('filed.whyNotNew')} />
      </Act>
    </div>
  );
}
