import { Link, useLocation } from '@tanstack/react-router';
import { lockNow } from '../session/lock.ts';
import { useSession } from '../session/session.queries.ts';
import { t } from '../words/t.ts';
import { Icon } from './icon.tsx';
import { KeyCap } from './key-cap.tsx';
import { roomOf } from './room-of.ts';

const ROOMS = [
  { to: '/', says: 'room.today', icon: 'today' },
  { to: '/clients', says: 'room.clients', icon: 'clients' },
  { to: '/cases', says: 'room.cases', icon: 'cases' },
  { to: '/record', says: 'room.record', icon: 'record' },
  { to: '/calendar', says: 'room.calendar', icon: 'calendar' },
] as const;

/** Marks the room in which one stands, also on pages whose path does not begin with its own. */
function useRoom() {
  const room = roomOf(useLocation().pathname);
  return (to: string, className: string) =>
    to === room
      ? ({ className: `${className} active`, activeProps: {}, 'aria-current': 'page' } as const)
      : { className };
}

export function TopBar({ onPalette }: { onPalette: () => void }) {
  const session = useSession().data;
  const inRoom = useRoom();
  return (
    <div className="bar">
      <Link to="/" className="bar-name">
        {t('app.name')}
      </Link>
      <nav className="bar-rooms" aria-label={t('shell.rooms')}>
        {ROOMS.map(({ to, says }) => (
          <Link key={to} to={to} activeOptions={{ exact: to === '/' }} {...inRoom(to, 'bar-room')}>
            {t(says)}
          </Link>
        ))}
      </nav>
      <span className="bar-space" />
      <Link to="/import" className="bar-room bar-wide">
        {t('room.import')}
      </Link>
      <Link to="/by-hand" search={{ kind: 'note' }} className="bar-room bar-wide">
        {t('room.note')} <KeyCap says="n" />
      </Link>
      <Link to="/by-hand" search={{ kind: 'call' }} className="bar-room bar-wide">
        {t('room.call')} <KeyCap says="c" />
      </Link>
      <Link to="/paste" className="bar-room bar-wide">
        {t('room.paste')} <KeyCap says="v" />
      </Link>
      <button type="button" className="bar-palette" onClick={onPalette}>
        <Icon name="find" />
        <span>{t('shell.find')}</span> <KeyCap says={t('shell.ctrlk')} />
      </button>
      <Link to="/us" {...inRoom('/us', 'bar-member')} title={t('us.title')}>
        {session?.member?.name}
      </Link>
      <LockButton />
    </div>
  );
}

/** On a phone the rooms lie under the thumb. */
export function BottomBar() {
  const inRoom = useRoom();
  return (
    <nav className="bottom" aria-label={t('shell.rooms')}>
      {ROOMS.map(({ to, says, icon }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/' }} {...inRoom(to, 'bottom-room')}>
          <Icon name={icon} />
          {t(says)}
        </Link>
      ))}
      <Link to="/welcome" {...inRoom('/welcome', 'bottom-room')}>
        <Icon name="add" />
        {t('room.add')}
      </Link>
    </nav>
  );
}

function LockButton() {
  return (
    <button type="button" className="bar-lock" title={t('shell.lockWhy')} onClick={() => lockNow()}>
      <Icon name="lock" />
      {t('shell.lock')}
    </button>
  );
}
