import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { isStory, useSession } from './session.queries.ts';
import './session.css';

/** After the first run, and wherever there is nothing yet. */
export function DoorsPage() {
  const name = useSession().data?.member?.name ?? '';
  return (
    <div className="page">
      <PageTitle says={t('door.title', { name })} />
      <header className="page-head">
        <h1>{t('door.title', { name })}</h1>
      </header>
      <Doors />
    </div>
  );
}

export function Doors() {
  const isInStory = isStory(useSession().data);
  const [isTold, setTold] = useState(false);
  return (
    <div className="doors">
      <Link to="/paste" className="sheet door">
        <h2>{t('door.paste')}</h2>
        <p>{t('door.pasteSays')}</p>
        <p className="quiet small">{t('door.pasteKept')}</p>
      </Link>
      <Link to="/import" className="sheet door">
        <h2>{t('door.bring')}</h2>
        <p>{t('door.bringSays')}</p>
        <p className="quiet small">{t('door.bringKept')}</p>
      </Link>
      {isInStory ? (
        <Link to="/clients" className="sheet door door-story">
          <h2>{t('door.story')}</h2>
          <p>{t('door.storyHere')}</p>
        </Link>
      ) : (
        <button type="button" className="sheet door" aria-expanded={isTold} onClick={() => setTold(true)}>
          <h2>{t('door.story')}</h2>
          <p>{t('door.storySays')}</p>
          {isTold ? <StoryCommand /> : <p className="quiet small">{t('door.storyKept')}</p>}
        </button>
      )}
    </div>
  );
}

function StoryCommand() {
  return (
    <p className="small">
      {t('door.storyRun')} <code className="command">{t('door.storyCommand')}</code>
    </p>
  );
}
