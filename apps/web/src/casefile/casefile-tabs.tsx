import { Link } from '@tanstack/react-router';
import { chosenInView } from '../shell/in-view.ts';
import { t } from '../words/t.ts';
import '../client/client.css';
import './casefile.css';

/** The two lists of this room, and how we answer. */
export function CasefileTabs({ says }: { says: string }) {
  return (
    <header className="page-head casefile-tabs">
      <h1>{says}</h1>
      <nav ref={chosenInView} className="page-tabs" aria-label={t('room.cases')}>
        <Link to="/cases" activeOptions={{ exact: true }} className="client-filter">
          {t('room.cases')}
        </Link>
        <Link to="/complaints" activeOptions={{ exact: true }} className="client-filter">
          {t('complaint.register')}
        </Link>
        <Link to="/policies" className="client-filter">
          {t('policy.title')}
        </Link>
      </nav>
    </header>
  );
}
