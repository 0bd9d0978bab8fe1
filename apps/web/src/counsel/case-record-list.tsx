import { useInfiniteQuery } from '@tanstack/react-query';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { caseRecordsQuery } from './counsel.queries.ts';

/** The records of a case; what stays with us says so, because counsel sees it too. */
export function CaseRecordList({ caseId, onOpen }: { caseId: string; onOpen: (id: string) => void }) {
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(caseRecordsQuery(caseId));
  const records = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="section no-print" aria-labelledby="counsel-records">
      <h2 id="counsel-records">{t('counsel.records')}</h2>
      <p className="small quiet">{t('counsel.recordsWhat')}</p>
      {error && <p className="notice">{problemWords(error)}</p>}
      <ul className="sheet lines">
        {records.map((record) => (
          <li key={record.id}>
            <button type="button" className="counsel-record" onClick={() => onOpen(record.id)}>
              <span className="small quiet">
                {momentOf(record.at)} · {named('direction', String(record.direction))} · {record.from}
                {record.privilege && <strong> · {named('apart.kind', record.privilege)}</strong>}
              </span>
              <span className="counsel-lead">{record.subject ?? record.lead}</span>
            </button>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="action" {...staying(isFetching)} onClick={() => fetchNextPage()}>
          {t('counsel.more')}
        </button>
      )}
    </section>
  );
}
