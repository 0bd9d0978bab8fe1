import { decideComplaint, moveComplaint } from '../generated/sdk.gen.ts';
import type { Complaint } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { say, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { Act, DecidersOnly, Why, wordsOf } from './act.tsx';
import { OutsiderFields, outsiderOf } from './outsider-fields.tsx';

/** What was decided at each stage, by whom and when; and the next decision. */
export function Decisions({ found }: { found: Complaint }) {
  const who = useWho();
  return (
    <section className="section" aria-labelledby="decisions">
      <h2 id="decisions">{t('complaint.decisions')}</h2>
      {found.decisions.length === 0 && <p className="small quiet">{t('complaint.noDecision')}</p>}
      {found.decisions.length > 0 && (
        <ul className="sheet lines">
          {found.decisions.map(({ stage, says, actor, at, second }) => (
            <li key={stage} className="line-block">
              <div>
                {t('complaint.stage', { stage })}: {says}
              </div>
              <div className="small quiet">
                {momentOf(at)} · {who(actor)}
                {second && ` · ${say(`second.${second.who}`, { name: second.name ?? '' })}`}
              </div>
            </li>
          ))}
        </ul>
      )}
      {found.secondAsked && found.state === 'open' && (
        <p className="small at-risk">
          {t('second.waits', { date: momentOf(found.secondAsked.until), who: who(found.secondAsked.by) })}
        </p>
      )}
      <DecidersOnly>
        {found.state === 'open' && <Decide found={found} />}
        {found.state === 'decided' && found.stage === 1 && <SecondStage id={found.id} />}
      </DecidersOnly>
    </section>
  );
}

function Decide({ found }: { found: Complaint }) {
  const { id, stage, missing } = found;
  if (missing.length > 0) return <p className="small quiet">{t('complaint.decideLater')}</p>;
  const isSecond = stage === 2;
  return (
    <Act says={t('complaint.decide', { stage })} run={(fields) => decide(id, fields)}>
      <label className="field">
        {t('complaint.decision')}
        <textarea name="says" rows={2} required />
      </label>
      {isSecond && (
        <>
          <p className="small quiet">{t('second.how')}</p>
          <Why />
          <OutsiderFields />
        </>
      )}
    </Act>
  );
}

async function decide(id: string, fields: FormData): Promise<string> {
  const body = {
    says: wordsOf(fields, 'says'),
    reason: wordsOf(fields, 'reason'),
    outsider: outsiderOf(fields),
  };
  const { state, until } = await decideComplaint({ path: { id }, body });
  if (state === 'decided' || until === null) return t('complaint.decided');
  return t('second.begun', { date: momentOf(until) });
}

function SecondStage({ id }: { id: string }) {
  return (
    <Act
      says={t('complaint.toSecond')}
      run={(fields) => moveComplaint({ path: { id }, body: { stage: 2, reason: wordsOf(fields, 'reason') } })}
    >
      <p className="small quiet">{t('complaint.toSecondWhat')}</p>
      <Why />
    </Act>
  );
}
