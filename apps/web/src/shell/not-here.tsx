import { Link } from '@tanstack/react-router';
import { t } from '../words/t.ts';

export function NotHere() {
  return (
    <div className="page page-narrow stack">
      <h1>{t('nothere.title')}</h1>
      <p>
        <Link to="/">{t('nothere.home')}</Link>
      </p>
    </div>
  );
}
