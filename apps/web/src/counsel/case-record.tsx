import { useQuery } from '@tanstack/react-query';
import { size } from '../words/how-much.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { caseProvenanceQuery, caseRecordQuery, fileUrl } from './counsel.queries.ts';

type Given = { caseId: string; id: string; onClose: () => void };

/** One record of the case: its words, its exact bytes, its files, and where it came from. */
export function CaseRecord({ caseId, id, onClose }: Given) {
  const { data, error } = useQuery(caseRecordQuery(caseId, id));
  const back = (
    <button type="button" className="action" onClick={onClose}>
      {t('counsel.back')}
    </button>
  );
  if (error)
    return (
      <div className="page">
        {back}
        <p className="notice">{problemWords(error)}</p>
      </div>
    );
  if (!data) return <p className="quiet page">{t('list.loading')}</p>;
  const { row, detail } = data;
  return (
    <article className="page" aria-labelledby="counsel-subject">
      {back}
      <header className="stack">
        <h1 id="counsel-subject">{row.subject ?? row.lead}</h1>
        <p className="small quiet">
          {momentOf(row.at)} · {named('direction', String(row.direction))} · {row.from} → {row.to}
        </p>
        {row.privilege && (
          <p className="notice small">
            {t('counsel.privileged', { kind: named('apart.kind', row.privilege) })}
          </p>
        )}
      </header>
      <p className="sheet counsel-text">{detail.text}</p>
      <section className="section" aria-labelledby="counsel-files">
        <h2 id="counsel-files">{t('counsel.files')}</h2>
        <ul className="counsel-files">
          <li>
            <a className="action" href={fileUrl(caseId, id)} download>
              {t('counsel.original')}
            </a>
          </li>
          {detail.attachments.map(({ name, sha256, sizeBytes }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a message may hold the same bytes twice, and never changes
            <li key={`${sha256}${at}`}>
              <a className="action" href={fileUrl(caseId, id, sha256)} download={name ?? sha256}>
                {name ?? t('attachments.noName')} ({size(sizeBytes)})
              </a>
            </li>
          ))}
        </ul>
      </section>
      <Provenance caseId={caseId} id={id} />
    </article>
  );
}

/** Three sentences about the bytes; the whole proof is in a bundle. */
function Provenance({ caseId, id }: Omit<Given, 'onClose'>) {
  const { data, error } = useQuery(caseProvenanceQuery(caseId, id));
  if (error) return <p className="notice">{problemWords(error)}</p>;
  if (!data) return <p className="quiet">{t('list.loading')}</p>;
  const { recomputed, entry, object } = data;
  const isWhole = recomputed.bytesAreTheRecorded && recomputed.entryIsInTheLog && recomputed.headIsSigned;
  return (
    <section className="section" aria-labelledby="counsel-provenance">
      <h2 id="counsel-provenance">{t('view.provenance')}</h2>
      <p className={isWhole ? 'small' : 'notice'}>{isWhole ? t('counsel.whole') : t('counsel.notWhole')}</p>
      <p className="small quiet">
        {t('counsel.entered', { index: entry.index, at: momentOf(entry.recordedAt) })}
      </p>
      <p className="mono small counsel-digest">
        {t('entry.hash')} {object.sha256}
      </p>
    </section>
  );
}
