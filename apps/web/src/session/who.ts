import { queryOptions, useQuery } from '@tanstack/react-query';
import { listMembers } from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';

const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => listMembers({ signal }),
  staleTime: 60_000,
});

/** Tells the name of whoever the record names: a member, or this machine's owner at the command line. */
export function useWho(): (actor: string) => string {
  const { data = [] } = useQuery(membersQuery);
  return (actor) => data.find((member) => member.actor === actor)?.name ?? t('who.here');
}

/** Whoever works here now; what is to be done is given to nobody else, and counsel comes from outside. */
export function useWorkers() {
  const { data = [] } = useQuery(membersQuery);
  return data.filter(({ isHere, role }) => isHere && role !== 'counsel');
}
