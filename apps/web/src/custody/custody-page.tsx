import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustodyLine } from '../generated/types.gen.ts';
import { useSession } from '../session/session.queries.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { staying } from '../shell/staying.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { calledOf } from './called.ts';
import { type CustodyFilter, custodyQuery } from './custody.queries.ts';
import { CustodyCheck } from './custody-check.tsx';
import { CustodySubject } from './custody-subject.tsx';
import { NotesReading } from './notes-reading.tsx';
import '../casefile/casefile.css';
import './custody.css';

/** Each act that the program knows, once: one that it gains is missed here by the compiler. */
const ACTS = Object.keys({
  opening: 0,
  export: 0,
  bundle: 0,
  redaction: 0,
  verification: 0,
  anchor: 0,
  erasure: 0,
  backup: 0,
  setting: 0,
} satisfies Record<CustodyLine['act'], 0>) as CustodyLine['act'][];

/** Who opened, exported, checked or erased what, and when. */
export function CustodyPage() {
  const role = useSession().data?.member?.role;
  const maySee = role === 'owner' || role === 'manager' || role === 'auditor';
  return (
    <div className="page custody">
      <PageTitle says={t('custody.title')} />
      <header className="page-head">
        <h1>{t('custody.title')}</h1>
        {maySee && (
          <a className="action" href="/api/custody.csv" download="custody.csv">
            {t('custody.file')}
          </a>
        )}
      </header>
      <p className="quiet">{t('custody.what')}</p>
      <NotesReading mayChoose={role === 'owner'} />
      {maySee ? <Lines /> : role && <p>{t('custody.notYours')}</p>}
    </div>
  );
}

function Lines() {
  const [filter, setFilter] = useState<CustodyFilter>({});
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...custodyQuery(filter),
    throwOnError: true,
  });
  const lines = data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <CustodyCheck />
      <label className="field custody-filter">
        {t('custody.show')}
        <select
          value={filter.act ?? ''}
          onChange={(event) => {
            const act = ACTS.find((one) => one === event.target.value);
            setFilter(act ? { act } : {});
          }}
        >
          <option value="">{t('custody.all')}</option>
          {ACTS.map((act) => (
            <option key={act} value={act}>
              {t(`custody.act.${act}`)}
            </option>
          ))}
        </select>
      </label>
      {lines?.length === 0 && <p className="quiet">{t('custody.none')}</p>}
      {lines && lines.length > 0 && (
        <ol className="sheet lines custody-lines">
          {lines.map((line) => (
            <Line key={line.number} line={line} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <button
          type="button"
          className="action"
          onClick={() => fetchNextPage()}
          {...staying(isFetchingNextPage)}
        >
          {t('custody.more')}
        </button>
      )}
    </>
  );
}

function Line({ line }: { line: CustodyLine }) {
  return (
    <li className="line-block" value={line.number}>
      <div>
        <strong>{t(`custody.act.${line.act}`)}</strong>
        {line.act !== 'setting' && (
          <>
            {' · '}
            <CustodySubject line={line} />
          </>
        )}
      </div>
      <div className="small quiet">
        {[momentOf(line.at), line.name ?? t('custody.thisMachine'), calledOf(line.operation)].join(' · ')}
      </div>
    </li>
  );
}
