import { useState } from 'react';
import { CitePicker } from '../agreement/cite-picker.tsx';
import type { Cite } from '../agreement/shapes.ts';
import { Act, DecidersOnly, Why, wordsOf } from '../casefile/act.tsx';
import {
  answerAfterEnd,
  closeRelation,
  planEnding,
  tellEnding,
  withdrawEnding,
} from '../generated/sdk.gen.ts';
import type { PlanEndingData } from '../generated/types.gen.ts';
import { noonOf } from '../restriction/measure-words.ts';
import { SentLetter } from '../restriction/restriction-acts.tsx';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import type { Ending, Sheet } from './ending.queries.ts';

type Given = { partyId: string; sheet: Sheet; endings: readonly Ending[] };
type Body = PlanEndingData['body'];
type Unit = NonNullable<Body['notice']>['within']['unit'];

/** The day on which it ends, and what follows until after it. */
export function EndingActs({ partyId, sheet, endings }: Given) {
  const running = endings.find(({ state }) => state === 'planned' || state === 'told');
  const last = endings.find(({ state }) => state === 'over');
  return (
    <DecidersOnly>
      {running && <Running partyId={partyId} ending={running} />}
      {!running && last && <After partyId={partyId} ending={last} />}
      {!running && sheet.party.state !== 'former' && <Planning partyId={partyId} sheet={sheet} />}
    </DecidersOnly>
  );
}

const UNITS: readonly Unit[] = ['days', 'working-days', 'weeks'];
const BY = ['us', 'them', 'both'] as const;

function Planning({ partyId, sheet }: { partyId: string; sheet: Sheet }) {
  const run = (fields: FormData) => {
    const clause = wordsOf(fields, 'clause');
    const within = { count: Number(wordsOf(fields, 'count')), unit: wordsOf(fields, 'unit') as Unit };
    return planEnding({
      path: { id: partyId },
      body: {
        on: wordsOf(fields, 'on') || null,
        byWhom: wordsOf(fields, 'by') as (typeof BY)[number],
        notice: clause === '' ? null : { clause, within },
        shortWhy: wordsOf(fields, 'short'),
      },
    });
  };
  return (
    <Act says={t('ending.plan')} doneSays={t('ending.planned')} run={run}>
      <label className="field">
        {t('ending.on')}
        <input type="date" name="on" />
      </label>
      <label className="field">
        {t('ending.byWhom')}
        <select name="by">
          {BY.map((by) => (
            <option key={by} value={by}>
              {t('ending.by', { by })}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('ending.noticeClause')}
        <select name="clause">
          <option value="">{t('ending.noClause')}</option>
          {sheet.notice.map(({ id, number, says }) => (
            <option key={id} value={id}>
              {t('ending.clause', { number, says: says.slice(0, 80) })}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('ending.noticeCount')}
        <input type="number" name="count" min={1} max={1000} defaultValue={30} />
      </label>
      <label className="field">
        {t('ending.noticeUnit')}
        <select name="unit">
          {UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {t('ending.unit', { unit: unit.replaceAll('-', '_') })}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('ending.shortWhy')}
        <textarea name="short" rows={2} />
      </label>
    </Act>
  );
}

function Running({ partyId, ending }: { partyId: string; ending: Ending }) {
  const { id, on, state } = ending;
  const date = dateOf(noonOf(on.on));
  return (
    <section className="sheet restriction-card">
      <p>
        <strong>{t('ending.endsLine', { date })}</strong>{' '}
        {state === 'planned' && <span className="at-risk">{t('ending.notTold')}</span>}
      </p>
      {state === 'planned' && (
        <Act
          says={t('ending.tell')}
          run={(fields) => tellEnding({ path: { id }, body: { letter: wordsOf(fields, 'letter') || null } })}
        >
          <SentLetter partyId={partyId} says={t('ending.letter')} />
        </Act>
      )}
      {state === 'told' && (
        <Act
          says={t('ending.close')}
          run={(fields) => closeRelation({ path: { id }, body: { leftOpen: wordsOf(fields, 'left') } })}
        >
          <label className="field">
            {t('ending.leftOpen')}
            <textarea name="left" rows={2} />
          </label>
        </Act>
      )}
      <Act
        says={t('ending.withdraw')}
        run={(fields) => withdrawEnding({ path: { id }, body: { reason: wordsOf(fields, 'reason') } })}
      >
        <Why />
      </Act>
    </section>
  );
}

function After({ partyId, ending }: { partyId: string; ending: Ending }) {
  const [message, setMessage] = useState<Cite | null>(null);
  const [answer, setAnswer] = useState<Cite | null>(null);
  const { id, on, byWhom, leftOpen, answeredAt } = ending;
  const date = dateOf(noonOf(on.on));
  const run = async (fields: FormData) => {
    if (!message || !answer) return t('cite.needed');
    const fileUntilOn = wordsOf(fields, 'until') || null;
    const body = { message, answer, fileUntilOn, reason: wordsOf(fields, 'reason') };
    return void (await answerAfterEnd({ path: { id }, body }));
  };
  return (
    <section className="sheet restriction-card">
      <p>{t('ending.endedLine', { date, by: byWhom, left: leftOpen ?? 'none' })}</p>
      <p className="small quiet">
        {answeredAt ? t('ending.answeredOn', { date: dateOf(answeredAt) }) : t('ending.oneAnswer')}
      </p>
      {!answeredAt && (
        <Act says={t('ending.answered')} run={run}>
          <CitePicker
            partyId={partyId}
            side="theirs"
            says={t('ending.theirMessage')}
            cite={message}
            onPick={setMessage}
          />
          <CitePicker
            partyId={partyId}
            side="ours"
            says={t('ending.ourAnswer')}
            cite={answer}
            onPick={setAnswer}
          />
          <label className="field">
            {t('ending.fileUntil')}
            <input type="date" name="until" />
          </label>
          <Why />
        </Act>
      )}
    </section>
  );
}
