import { Link } from '@tanstack/react-router';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { NamesSection } from './names-section.tsx';
import { ScreenSection } from './screen-section.tsx';
import { useSession } from './session.queries.ts';
import './us.css';

/** What else is set once and rarely changed. */
const BESIDE = [
  { to: '/mailboxes', says: 'mailbox.title' },
  { to: '/calendar/settings', says: 'calendar.settings' },
  { to: '/policies', says: 'policy.title' },
  { to: '/language', says: 'rules.title' },
  { to: '/phones', says: 'phones.title' },
] as const;

/** Who we are to others, and what nobody behind us should see. */
export function UsPage() {
  return (
    <div className="page us">
      <PageTitle says={t('us.title')} />
      <header className="page-head">
        <h1>{t('us.title')}</h1>
      </header>
      <nav className="row us-beside" aria-label={t('us.beside')}>
        {useSession().data?.member?.role === 'owner' && (
          <Link to="/people" className="action">
            {t('people.title')}
          </Link>
        )}
        {BESIDE.map(({ to, says }) => (
          <Link key={to} to={to} className="action">
            {t(says)}
          </Link>
        ))}
      </nav>
      <NamesSection />
      <ScreenSection />
    </div>
  );
}
