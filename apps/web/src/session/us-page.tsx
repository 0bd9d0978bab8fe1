import { Link } from '@tanstack/react-router';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { NamesSection } from './names-section.tsx';
import { ScreenSection } from './screen-section.tsx';
import { useSession } from './session.queries.ts';
import './us.css';

/** Who we are to others, and what nobody behind us should see. */
export function UsPage() {
  return (
    <div className="page us">
      <PageTitle says={t('us.title')} />
      <header className="page-head">
        <h1>{t('us.title')}</h1>
      </header>
      <p className="us-beside">
        {useSession().data?.member?.role === 'owner' && <Link to="/people">{t('people.title')}</Link>}
        <Link to="/mailboxes">{t('mailbox.title')}</Link>
      </p>
      <NamesSection />
      <ScreenSection />
    </div>
  );
}
