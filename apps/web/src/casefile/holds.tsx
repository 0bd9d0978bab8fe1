import { releaseHold, setHold } from '../generated/sdk.gen.ts';
import type { Hold } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { Act, DecidersOnly, Why, wordsOf } from './act.tsx';
import { OutsiderFields, outsiderOf } from './outsider-fields.tsx';

type Over = { readonly scope: 'party' | 'case'; readonly party?: string; readonly case?: string };

/** Legal holds over something, with their release, and one more. */
export function Holds({ holds, over }: { holds: readonly Hold[]; over: Over }) {
  return (
    <section className="section" aria-labelledby="holds-title">
      <h2 id="holds-title">{t('hold.title')}</h2>
      {holds.length === 0 && <p className="small quiet">{t('hold.none')}</p>}
      {holds.length > 0 && (
        <ul className="sheet lines">
          {holds.map((hold) => (
            <HoldLine key={hold.id} hold={hold} />
          ))}
        </ul>
      )}
      <Act says={t('hold.set')} run={(fields) => setHold({ body: { ...over, ...wishOf(fields) } })}>
        <p className="small quiet">{t('hold.what')}</p>
        <Why />
        <label className="field">
          {t('hold.custodian')}
          <input name="custodian" maxLength={300} placeholder={t('hold.custodianYou')} />
        </label>
        <label className="field">
          {t('hold.review')}
          <input name="review" type="date" />
        </label>
      </Act>
    </section>
  );
}

function wishOf(fields: FormData) {
  return {
    reason: wordsOf(fields, 'reason'),
    custodian: wordsOf(fields, 'custodian') || null,
    reviewOn: wordsOf(fields, 'review') || null,
  };
}

function HoldLine({ hold }: { hold: Hold }) {
  const who = useWho();
  return (
    <li className="line-block">
      <div>
        {t(`hold.over.${hold.scope}`)} · <q>{hold.reason}</q>
      </div>
      <div className="small quiet">
        {t('hold.since', { date: dateOf(hold.since), custodian: hold.custodian, who: who(hold.setBy) })}
        {hold.reviewAt && ` · ${t('hold.reviewOn', { date: dateOf(hold.reviewAt) })}`}
      </div>
      {hold.asked && (
        <div className="small at-risk">
          {hold.asked.until
            ? t('second.waits', { date: momentOf(hold.asked.until), who: who(hold.asked.by) })
            : t('second.asked', { who: who(hold.asked.by) })}
        </div>
      )}
      <DecidersOnly>
        <Act says={t('hold.release')} run={(fields) => release(hold.id, fields)}>
          <p className="small quiet">{t('second.how')}</p>
          <Why />
          <OutsiderFields />
        </Act>
      </DecidersOnly>
    </li>
  );
}

async function release(id: string, fields: FormData): Promise<string> {
  const body = { reason: wordsOf(fields, 'reason'), outsider: outsiderOf(fields) };
  const { state, until } = await releaseHold({ path: { id }, body });
  if (state === 'released') return t('hold.released');
  return until ? t('second.begun', { date: momentOf(until) }) : t('second.begunOther');
}
