import { queryOptions } from '@tanstack/react-query';
import {
  endMembership,
  giveRole,
  invitePerson,
  joinHere,
  listPeople,
  withdrawInvitation,
} from '../generated/sdk.gen.ts';
import type { Joining, People } from '../generated/types.gen.ts';

export type Person = People['members'][number];
export type Invitation = People['invitations'][number];
export type InvitedRole = Exclude<Invitation['role'], 'counsel'>;

/** As what somebody may be invited here; counsel is let into one case, from its page. */
export const INVITED_AS: readonly InvitedRole[] = ['agent', 'manager', 'owner', 'auditor'];

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => listPeople({ signal }),
});

export const invite = (body: { name: string; role: InvitedRole }) => invitePerson({ body });
export const withdraw = (id: string) => withdrawInvitation({ path: { id } });
export const changeRole = ({ id, role }: { id: string; role: InvitedRole }) =>
  giveRole({ path: { id }, body: { role } });
export const end = ({ id, reason }: { id: string; reason: string }) =>
  endMembership({ path: { id }, body: { reason } });
export const join = (body: Joining) => joinHere({ body });
