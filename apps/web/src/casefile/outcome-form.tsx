import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { termsQuery } from '../agreement/agreement.queries.ts';
import { decideComplaintPoint } from '../generated/sdk.gen.ts';
import type { Complaint, DecideComplaintPointData, Point } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { Act, wordsOf } from './act.tsx';
import { pointQuery } from './casefile.queries.ts';

type Numbered = Complaint['points'][number];
type Decision = DecideComplaintPointData['body'];
type SourceKind = 'none' | NonNullable<Decision['source']>['kind'];

const OUTCOMES = ['upheld', 'partly', 'not-upheld', 'withdrawn', 'not-ours'] as const;
const KINDS: readonly SourceKind[] = ['record', 'clause', 'outside', 'none'];

type Given = { point: Numbered; found: Complaint };

/** What becomes of one point, why, and what that rests on. */
export function OutcomeForm({ point, found }: Given) {
  const [kind, setKind] = useState<SourceKind>(point.source?.kind ?? 'record');
  const decide = async (fields: FormData) => {
    const body = decisionOf(fields, kind);
    await decideComplaintPoint({ path: { id: found.id, pointId: point.pointId }, body });
  };
  return (
    <Act says={point.outcome ? t('complaint.changeOutcome') : t('complaint.setOutcome')} run={decide}>
      <label className="field">
        {t('complaint.outcome')}
        <select name="outcome" defaultValue={point.outcome ?? 'upheld'}>
          {OUTCOMES.map((outcome) => (
            <option key={outcome} value={outcome}>
              {t(`outcome.${outcome}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('casefile.why')}
        <textarea name="reason" rows={2} required defaultValue={point.reason ?? ''} />
      </label>
      <label className="field">
        {t('source.restsOn')}
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as SourceKind)}>
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {t(`source.${each}`)}
            </option>
          ))}
        </select>
      </label>
      {kind === 'record' && <RecordChoice point={point} found={found} />}
      {kind === 'clause' && <ClauseChoice point={point} found={found} />}
      {kind === 'outside' && (
        <label className="field">
          {t('source.says.outside')}
          <input name="says" required maxLength={4000} defaultValue={saysOf(point.source)} />
        </label>
      )}
    </Act>
  );
}

function saysOf(source: Numbered['source']): string {
  return source && source.kind !== 'record' ? source.says : '';
}

/** A clause of an agreement with this client; where there is none here, it is named in words. */
function ClauseChoice({ point, found }: Given) {
  const agreements = useQuery(termsQuery(found.partyId)).data?.agreements ?? [];
  const clauses = agreements.flatMap(({ number, clauses }) =>
    clauses.map((clause) => ({
      ...clause,
      name: t('source.clauseNamed', { agreement: number, clause: clause.number }),
    })),
  );
  if (clauses.length === 0)
    return (
      <label className="field">
        {t('source.says.clause')}
        <input name="says" required maxLength={4000} defaultValue={saysOf(point.source)} />
      </label>
    );
  return (
    <label className="field">
      {t('source.clause')}
      <select name="clause" required>
        {clauses.map(({ id, name, says }) => (
          <option key={id} value={JSON.stringify({ clauseId: id, says: `${name}: ${says}` })}>
            {`${name}: ${says}`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The words of the record that belong to the point: what was asked, answered, agreed, or weighed beside it. */
function RecordChoice({ point, found }: Given) {
  const cites = useQuery(pointQuery(found.partyId, point.number)).data?.cites ?? [];
  return (
    <label className="field">
      {t('source.words')}
      <select name="cite" required>
        {cites.map((cite) => (
          <option key={`${cite.recordId}-${cite.role}`} value={citeText(cite)}>
            {t('source.quoted', { role: t(`citerole.${cite.role}`), quote: cite.quote })}
          </option>
        ))}
      </select>
    </label>
  );
}

function citeText({ interactionId, start, end, quote }: Point['cites'][number]): string {
  return JSON.stringify({ interactionId, start, end, quote });
}

function decisionOf(fields: FormData, kind: SourceKind): Decision {
  const outcome = wordsOf(fields, 'outcome') as Decision['outcome'];
  return { outcome, reason: wordsOf(fields, 'reason'), source: sourceOf(fields, kind) };
}

function sourceOf(fields: FormData, kind: SourceKind): Decision['source'] {
  if (kind === 'none') return null;
  if (kind === 'record') return { kind, cite: JSON.parse(String(fields.get('cite'))) };
  const says = wordsOf(fields, 'says');
  if (kind === 'outside') return { kind, says };
  const clause = fields.get('clause');
  return { kind, ...(clause ? JSON.parse(String(clause)) : { clauseId: null, says }) };
}
