import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CitePicker } from '../agreement/cite-picker.tsx';
import type { Cite } from '../agreement/shapes.ts';
import { Act, DecidersOnly, Why, wordsOf } from '../casefile/act.tsx';
import { OutsiderFields, outsiderOf } from '../casefile/outsider-fields.tsx';
import {
  appealRestriction,
  decideRestriction,
  decideRestrictionAppeal,
  endRestriction,
  reviewRestriction,
  setRestriction,
} from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { MeasureFields } from './measure-fields.tsx';
import { type Restriction, sentQuery } from './restriction.queries.ts';

type Given = { partyId: string; restriction: Restriction };

/** What can be done with a restriction as it stands. */
export function RestrictionActs({ partyId, restriction }: Given) {
  const { state, appeal } = restriction;
  if (state === 'ended') return null;
  const isAppealed = appeal !== null && appeal.decidedAt === null;
  return (
    <DecidersOnly>
      {state === 'planned' && <Deciding partyId={partyId} restriction={restriction} />}
      {state === 'decided' && <Setting partyId={partyId} restriction={restriction} />}
      {state === 'in-force' && !isAppealed && <Appealing partyId={partyId} restriction={restriction} />}
      {state === 'in-force' && isAppealed && <Answering partyId={partyId} restriction={restriction} />}
      {state === 'in-force' && <Reviewing restriction={restriction} />}
      <Act
        says={t(state === 'in-force' ? 'restriction.end' : 'restriction.drop')}
        run={(fields) =>
          endRestriction({ path: { id: restriction.id }, body: { reason: wordsOf(fields, 'reason') } })
        }
      >
        <Why />
      </Act>
    </DecidersOnly>
  );
}

function waits(until: string | null): string | undefined {
  return until === null ? undefined : t('restriction.waits', { until: momentOf(until) });
}

function Deciding({ partyId, restriction: { id, safety, asked } }: Given) {
  const run = async (fields: FormData) => {
    const warning = wordsOf(fields, 'letter') || null;
    const body = { warning, reason: wordsOf(fields, 'reason'), outsider: outsiderOf(fields) };
    return waits((await decideRestriction({ path: { id }, body })).waitsUntil);
  };
  return (
    <Act says={t('restriction.decide')} run={run}>
      <p className="small quiet">{t('restriction.decideAbout')}</p>
      {asked?.of === 'decision' && <p className="small">{t('restriction.askedBefore')}</p>}
      {safety === null && <SentLetter partyId={partyId} says={t('restriction.warningLetter')} />}
      <Why />
      <OutsiderFields />
    </Act>
  );
}

function Setting({ partyId, restriction: { id } }: Given) {
  return (
    <Act
      says={t('restriction.set')}
      run={(fields) => setRestriction({ path: { id }, body: { notice: wordsOf(fields, 'letter') || null } })}
    >
      <SentLetter partyId={partyId} says={t('restriction.noticeLetter')} />
    </Act>
  );
}

/** One of our letters to them; the newest is meant most often. */
export function SentLetter({ partyId, says }: { partyId: string; says: string }) {
  const letters = useQuery(sentQuery(partyId)).data?.items ?? [];
  return (
    <label className="field">
      {says}
      <select name="letter">
        {letters.map(({ id, at, subject, lead }) => (
          <option key={id} value={id}>
            {`${momentOf(at)} · ${subject ?? lead.slice(0, 60)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function Appealing({ partyId, restriction: { id } }: Given) {
  const [cite, setCite] = useState<Cite | null>(null);
  return (
    <Act says={t('restriction.appeal')} run={() => appealRestriction({ path: { id }, body: { cite } })}>
      <CitePicker
        partyId={partyId}
        side="theirs"
        says={t('restriction.appealWords')}
        cite={cite}
        onPick={setCite}
      />
    </Act>
  );
}

const OUTCOMES = ['kept', 'changed', 'lifted'] as const;

function Answering({ restriction: { id, measure } }: Given) {
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('kept');
  const [changed, setChanged] = useState(measure as Parameters<typeof MeasureFields>[0]['measure']);
  const run = async (fields: FormData) => {
    const look = { reason: wordsOf(fields, 'reason'), outsider: outsiderOf(fields) };
    const body = { ...look, outcome, measure: outcome === 'changed' ? changed : null };
    return waits((await decideRestrictionAppeal({ path: { id }, body })).waitsUntil);
  };
  return (
    <Act says={t('restriction.answerAppeal')} run={run}>
      <label className="field">
        {t('restriction.outcome')}
        <select value={outcome} onChange={(event) => setOutcome(event.currentTarget.value as typeof outcome)}>
          {OUTCOMES.map((one) => (
            <option key={one} value={one}>
              {t('restriction.outcomeIs', { outcome: one })}
            </option>
          ))}
        </select>
      </label>
      {outcome === 'changed' && <MeasureFields measure={changed} onChange={setChanged} />}
      <Why />
      <OutsiderFields />
    </Act>
  );
}

function Reviewing({ restriction: { id } }: { restriction: Restriction }) {
  const run = (fields: FormData) =>
    reviewRestriction({
      path: { id },
      body: {
        reason: wordsOf(fields, 'reason'),
        reviewOn: wordsOf(fields, 'reviewOn') || null,
        untilOn: wordsOf(fields, 'untilOn') || null,
      },
    });
  return (
    <Act says={t('restriction.keepOn')} run={run}>
      <p className="small quiet">{t('restriction.keepOnAbout')}</p>
      <Why />
      <label className="field">
        {t('restriction.reviewAsk')}
        <input type="date" name="reviewOn" />
      </label>
      <label className="field">
        {t('restriction.untilAsk')}
        <input type="date" name="untilOn" />
      </label>
    </Act>
  );
}
