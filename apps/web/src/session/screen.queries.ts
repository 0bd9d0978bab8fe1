import { queryOptions } from '@tanstack/react-query';
import { getScreenSettings, setScreenSettings } from '../generated/sdk.gen.ts';
import type { ScreenSettings } from '../generated/types.gen.ts';
import { queries } from '../queries.ts';

export const screenQuery = queryOptions({
  queryKey: ['screen'],
  queryFn: ({ signal }) => getScreenSettings({ signal }),
  staleTime: 60_000,
});

export async function changeScreen(body: ScreenSettings): Promise<void> {
  queries.setQueryData(screenQuery.queryKey, await setScreenSettings({ body }));
}
