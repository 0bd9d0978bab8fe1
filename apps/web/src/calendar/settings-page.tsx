import { Link } from '@tanstack/react-router';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { DaysOffSection } from './days-off-section.tsx';
import { FeedSection } from './feed-section.tsx';
import { OwnSection } from './own-section.tsx';
import './calendar.css';

/** Which days are worked, who reads our dates, and which calendars promises are checked against. */
export function CalendarSettingsPage() {
  return (
    <div className="page">
      <PageTitle says={t('calendar.settings')} />
      <header className="page-head">
        <h1>{t('calendar.settings')}</h1>
        <Link to="/calendar">{t('calendar.back')}</Link>
        <Link to="/language">{t('calendar.hours')}</Link>
      </header>
      <DaysOffSection />
      <FeedSection />
      <OwnSection />
    </div>
  );
}
