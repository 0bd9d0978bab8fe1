import { setAside, takeBackAside } from '../generated/sdk.gen.ts';
import { queries } from '../queries.ts';
import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { todayQuery } from './today.queries.ts';

type Room = Parameters<typeof setAside>[0]['path']['room'];

/** Takes the line that has the focus off Today, for good or for later, with a way back. */
export async function setFocusedAside(isLater: boolean): Promise<void> {
  const line = document.activeElement?.closest<HTMLElement>('[data-due]');
  const [room, id] = (line?.dataset.due ?? '').split('/');
  if (!room || !id) return;
  const path = { room: room as Room, id };
  const next = line?.nextElementSibling ?? line?.previousElementSibling;
  next?.querySelector<HTMLElement>('a')?.focus();
  const { until } = await setAside({ path, body: { isLater } });
  await queries.invalidateQueries({ queryKey: todayQuery.queryKey });
  const says = until ? t('today.setLater', { when: momentOf(until) }) : t('today.setDone');
  toast(says, () => {
    void takeBackAside({ path }).then(() => queries.invalidateQueries({ queryKey: todayQuery.queryKey }));
  });
}
