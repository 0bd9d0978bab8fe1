import { Link, useNavigate } from '@tanstack/react-router';
import { KeyCap } from '../shell/key-cap.tsx';
import { useKeys } from '../shell/keys.ts';
import { t } from '../words/t.ts';

/** From a message to the whole conversation it stands in; alone it is no conversation. */
export function ThreadLink({ id, count }: { id: string; count: number }) {
  return count > 1 ? <LinkToThread id={id} count={count} /> : null;
}

function LinkToThread({ id, count }: { id: string; count: number }) {
  const navigate = useNavigate();
  const params = { interactionId: id };
  useKeys([
    {
      keys: 'T',
      says: 'keys.thread',
      run: () => navigate({ to: '/interactions/$interactionId/thread', params }),
    },
  ]);
  return (
    <Link to="/interactions/$interactionId/thread" params={params}>
      {t('thread.link', { count })} <KeyCap says="T" />
    </Link>
  );
}
