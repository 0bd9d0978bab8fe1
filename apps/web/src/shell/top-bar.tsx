import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lock, useSession } from '../session/session.queries.ts';
import { t } from '../words/t.ts';
import { Icon } from './icon.tsx';

const ROOMS = [
  { to: '/', says: 'room.today', icon: 'today' },
  { to: '/clients', says: 'room.clients', icon: 'clients' },
  { to: '/record', says: 'room.record', icon: 'record' },
] as const;

export function TopBar({ onPalette }: { onPalette: () => void }) {
  const session = useSession().data;
  return (
    <header className="bar">
      <Link to="/" className="bar-name">
        {t('app.name')}
      </Link>
      <nav className="bar-rooms" aria-label={t('shell.rooms')}>
        {ROOMS.map(({ to, says }) => (
          <Link key={to} to={to} className="bar-room" activeOptions={{ exact: to === '/' }}>
            {t(says)}
          </Link>
        ))}
      </nav>
      <span className="bar-space" />
      <Link to="/import" className="bar-room bar-wide">
        {t('room.import')}
      </Link>
      <Link to="/paste" className="bar-room bar-wide">
        {t('room.paste')} <kbd>v</kbd>
      </Link>
      <button type="button" className="bar-palette bar-wide" onClick={onPalette}>
        {t('shell.find')} <kbd>{t('shell.ctrlk')}</kbd>
      </button>
      <span className="bar-member" title={session?.workspace.name ?? undefined}>
        {session?.member?.name}
      </span>
      <LockButton />
    </header>
  );
}

/** On a phone the rooms lie under the thumb. */
export function BottomBar({ onPalette }: { onPalette: () => void }) {
  return (
    <nav className="bottom" aria-label={t('shell.rooms')}>
      {ROOMS.map(({ to, says, icon }) => (
        <Link key={to} to={to} className="bottom-room" activeOptions={{ exact: to === '/' }}>
          <Icon name={icon} />
          {t(says)}
        </Link>
      ))}
      <Link to="/welcome" className="bottom-room">
        <Icon name="add" />
        {t('room.add')}
      </Link>
      <button type="button" className="bottom-room" onClick={onPalette}>
        <Icon name="find" />
        {t('shell.find')}
      </button>
    </nav>
  );
}

function LockButton() {
  const queries = useQueryClient();
  const locking = useMutation({
    mutationFn: lock,
    onSuccess: () => {
      // Nothing of the record stays in this page's memory.
      queries.clear();
      location.assign('/');
    },
  });
  return (
    <button type="button" className="bar-lock" title={t('shell.lockWhy')} onClick={() => locking.mutate()}>
      <Icon name="lock" />
      {t('shell.lock')}
    </button>
  );
}
