import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../queries.ts';
import { useAutoLock } from '../session/auto-lock.ts';
import { lockNow } from '../session/lock.ts';
import { leave, sessionQuery, useSession } from '../session/session.queries.ts';
import { Silence } from '../shell/silence.tsx';
import { Toasts } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { Brief } from './brief.tsx';
import { CaseBundles } from './case-bundles.tsx';
import { CaseRecord } from './case-record.tsx';
import { CaseRecordList } from './case-record-list.tsx';
import { briefQuery } from './counsel.queries.ts';
import '../shell/shell.css';
import '../casefile/casefile.css';
import '../shell/on-paper.css';
import './counsel.css';

/** All that counsel sees: one case, its brief, and its records. */
export function CounselHome() {
  const member = useSession().data?.member;
  useAutoLock();
  if (!member?.caseId) return null;
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <Silence />
      <header className="bar counsel-bar">
        <span className="bar-name">{t('app.name')}</span>
        <span className="bar-space" />
        <span className="small counsel-who">{member.name}</span>
        <button type="button" className="action" onClick={() => lockNow()}>
          {t('shell.lock')}
        </button>
        <button type="button" className="action" onClick={signOutNow}>
          {t('counsel.signOut')}
        </button>
      </header>
      <main id="main" className="shell-main" tabIndex={-1}>
        <OneCase caseId={member.caseId} />
      </main>
      <Toasts />
    </div>
  );
}

async function signOutNow() {
  const session = await leave();
  queries.clear();
  queries.setQueryData(sessionQuery.queryKey, session);
}

function OneCase({ caseId }: { caseId: string }) {
  const [open, setOpen] = useState<string | null>(null);
  const { data: brief, error } = useQuery(briefQuery(caseId, 'counsel'));
  if (error) return <p className="notice page">{problemWords(error)}</p>;
  if (!brief) return <p className="quiet page">{t('list.loading')}</p>;
  if (open !== null) return <CaseRecord caseId={caseId} id={open} onClose={() => setOpen(null)} />;
  return (
    <div className="page on-paper">
      <Brief brief={brief} onOpen={setOpen} />
      <CaseRecordList caseId={caseId} onOpen={setOpen} />
      <section className="section no-print" aria-labelledby="counsel-check">
        <h2 id="counsel-check">{t('counsel.check')}</h2>
        <p className="small quiet">{t('counsel.checkWhat')}</p>
        <a className="action" href="/api/bundles/verifier" download="verify.html">
          {t('bundle.verifier')}
        </a>
        <CaseBundles caseId={caseId} />
      </section>
    </div>
  );
}
