import {
  assessComplaint,
  closeComplaint,
  giveComplaint,
  planComplaintAnswer,
  reopenComplaint,
} from '../generated/sdk.gen.ts';
import type { Complaint } from '../generated/types.gen.ts';
import { useWorkers } from '../session/who.ts';
import { t } from '../words/t.ts';
import { Act, DecidersOnly, Why, wordsOf } from './act.tsx';
import { NextRoute } from './next-route.tsx';

const SEVERITIES = ['low', 'medium', 'high'] as const;
type Given = { found: Complaint };

/** What can be done with a complaint as a whole. */
export function ComplaintActs({ found }: Given) {
  return (
    <div className="acts">
      {found.state !== 'closed' && (
        <>
          <Assess found={found} />
          <Plan found={found} />
          <Give found={found} />
        </>
      )}
      <DecidersOnly>
        <End found={found} />
      </DecidersOnly>
    </div>
  );
}

function Assess({ found }: Given) {
  const assess = (fields: FormData) =>
    assessComplaint({
      path: { id: found.id },
      body: {
        severity: wordsOf(fields, 'severity') as (typeof SEVERITIES)[number],
        isSafety: fields.has('isSafety'),
        isUrgent: fields.has('isUrgent'),
        reason: wordsOf(fields, 'reason'),
      },
    });
  return (
    <Act says={t('complaint.assess')} run={assess}>
      <label className="field">
        {t('complaint.severity')}
        <select name="severity" defaultValue={found.severity ?? 'medium'}>
          {SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {t(`severity.${severity}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input type="checkbox" name="isSafety" defaultChecked={found.isSafety} /> {t('complaint.isSafety')}
      </label>
      <label className="check">
        <input type="checkbox" name="isUrgent" defaultChecked={found.isUrgent} /> {t('complaint.isUrgent')}
      </label>
      <Why />
    </Act>
  );
}

function Plan({ found }: Given) {
  const plan = (fields: FormData) =>
    planComplaintAnswer({
      path: { id: found.id },
      body: { answerOn: wordsOf(fields, 'answerOn') || null, reason: wordsOf(fields, 'reason') },
    });
  return (
    <Act says={t('complaint.plan')} run={plan}>
      <label className="field">
        {t('complaint.answerBy')}
        <input type="date" name="answerOn" />
      </label>
      <Why />
    </Act>
  );
}

function Give({ found }: Given) {
  const others = useWorkers().filter(({ actor }) => actor !== found.owner);
  if (others.length === 0) return null;
  const give = (fields: FormData) =>
    giveComplaint({
      path: { id: found.id },
      body: { owner: wordsOf(fields, 'owner'), reason: wordsOf(fields, 'reason') },
    });
  return (
    <Act says={t('complaint.give')} run={give}>
      <label className="field">
        {t('complaint.owner')}
        <select name="owner">
          {others.map(({ actor, name }) => (
            <option key={actor} value={actor}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Why />
    </Act>
  );
}

function End({ found }: Given) {
  const path = { id: found.id };
  if (found.state === 'closed')
    return (
      <Act
        says={t('complaint.reopen')}
        run={(fields) => reopenComplaint({ path, body: { reason: wordsOf(fields, 'reason') } })}
      >
        <Why />
      </Act>
    );
  const close = (fields: FormData) =>
    closeComplaint({
      path,
      body: { reason: wordsOf(fields, 'reason'), nextRoute: wordsOf(fields, 'nextRoute') || null },
    });
  return (
    <Act says={t('complaint.close')} run={close}>
      {found.state === 'open' && <p className="notice">{t('complaint.undecided')}</p>}
      <Why />
      <NextRoute />
    </Act>
  );
}
