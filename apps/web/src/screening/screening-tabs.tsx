import { Link } from '@tanstack/react-router';
import { chosenInView } from '../shell/in-view.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import '../client/client.css';
import '../casefile/casefile.css';
import './screening.css';

/** The three lists of this room. @param isInquiry On the page of one inquiry, which is part of the first list. */
export function ScreeningTabs({ says, isInquiry = false }: { says: string; isInquiry?: boolean }) {
  return (
    <header className="page-head casefile-tabs">
      <PageTitle says={says} />
      <h1>{says}</h1>
      <nav ref={chosenInView} className="page-tabs" aria-label={t('screening.title')}>
        <Link to="/screening" activeOptions={{ exact: !isInquiry }} className="client-filter">
          {t('screening.title')}
        </Link>
        <Link to="/screening/entries" activeOptions={{ exact: true }} className="client-filter">
          {t('warning.title')}
        </Link>
        <Link to="/screening/prices" activeOptions={{ exact: true }} className="client-filter">
          {t('price.title')}
        </Link>
      </nav>
    </header>
  );
}
