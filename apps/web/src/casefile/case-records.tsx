import { Link } from '@tanstack/react-router';
import { changeCaseRecord } from '../generated/sdk.gen.ts';
import type { Case } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { Act, Why, wordsOf } from './act.tsx';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\/?$)/;

/** Records of others that belong to a case: all of the client's own belong to it without being named. */
export function CaseRecords({ found }: { found: Case }) {
  const change = (interactionId: string, isIn: boolean, fields: FormData) =>
    changeCaseRecord({
      path: { id: found.id, interactionId },
      body: { isIn, reason: wordsOf(fields, 'reason') },
    });
  const add = (fields: FormData) => {
    const given = wordsOf(fields, 'record');
    return change(ID.exec(given)?.[0] ?? given, true, fields);
  };
  return (
    <section className="section" aria-labelledby="case-records">
      <h2 id="case-records">{t('case.records')}</h2>
      <p className="small quiet">{t('case.recordsWhat')}</p>
      {found.records.length > 0 && (
        <ul className="sheet lines">
          {found.records.map((record) => (
            <li key={record.id} className="line-block">
              <Link to="/interactions/$interactionId" params={{ interactionId: record.id }}>
                {record.subject ?? record.lead}
              </Link>
              <div className="small quiet">
                {dateOf(record.at)} · {record.from} · <q>{record.reason}</q>
              </div>
              <Act says={t('case.removeRecord')} run={(fields) => change(record.id, false, fields)}>
                <Why />
              </Act>
            </li>
          ))}
        </ul>
      )}
      <Act says={t('case.addRecord')} run={add}>
        <label className="field">
          {t('case.recordAddress')}
          <input name="record" required maxLength={300} />
        </label>
        <Why />
      </Act>
    </section>
  );
}
