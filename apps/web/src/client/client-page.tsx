import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Outlet, useChildMatches, useNavigate } from '@tanstack/react-router';
import { holdSelected } from '../boundary/breach-start.tsx';
import { useKeys } from '../shell/keys.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { useTogether } from '../shell/together.ts';
import { useBackToLine } from './back-to-line.ts';
import { partyQuery } from './client.queries.ts';
import { ClientHead } from './client-head.tsx';
import { PickBar } from './pick-bar.tsx';
import { Timeline } from './timeline.tsx';
import './client.css';

const route = getRouteApi('/clients/$partyId');

/** A client: the head, the timeline, and beside it what was opened. */
export function ClientPage() {
  const { partyId } = route.useParams();
  const filter = route.useSearch();
  const child = useChildMatches()[0];
  const party = useQuery({ ...partyQuery(partyId), throwOnError: true }).data;
  const openId = child && 'interactionId' in child.params ? child.params.interactionId : undefined;
  // Whoever goes from one record to the next sees the last until the next is there.
  const together = useTogether(child?.routeId);
  useBackToLine(child !== undefined);
  const navigate = useNavigate();
  const queries = useQueryClient();
  // Words that are selected in the open message crossed a boundary; without any, b is the bundle.
  const bundleOrBreach = () =>
    holdSelected(queries, openId)
      ? navigate({ to: '/clients/$partyId/boundaries', params: { partyId }, search: filter })
      : navigate({ to: '/clients/$partyId/bundle', params: { partyId }, search: filter });
  const close = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: filter });
  useKeys([
    {
      keys: '/',
      says: 'keys.searchClient',
      run: () => navigate({ to: '/record', search: { party: partyId } }),
    },
    {
      keys: 'b',
      says: 'keys.bundle',
      run: bundleOrBreach,
    },
    {
      keys: 'd',
      says: 'keys.agreement',
      run: () => navigate({ to: '/clients/$partyId/agreement', params: { partyId }, search: filter }),
    },
    {
      keys: 'l',
      says: 'keys.boundaries',
      run: () => navigate({ to: '/clients/$partyId/boundaries', params: { partyId }, search: filter }),
    },
    {
      keys: 'g',
      says: 'keys.course',
      run: () => navigate({ to: '/clients/$partyId/course', params: { partyId }, search: filter }),
    },
    {
      keys: 'm',
      says: 'keys.missing',
      run: () => navigate({ to: '/clients/$partyId/missing', params: { partyId }, search: filter }),
    },
    ...(child ? [{ keys: 'Escape', says: 'keys.close' as const, run: close }] : []),
  ]);
  return (
    <div className={child ? 'client client-beside' : 'client'}>
      <PageTitle says={party?.name ?? ''} />
      {party && <ClientHead party={party} filter={filter} isTitle={!child} />}
      <div className="client-body">
        <div className="client-list">
          <Timeline
            key={`${partyId}-${filter.from}-${filter.point}`}
            partyId={partyId}
            filter={filter}
            openId={openId}
          />
          <PickBar partyId={partyId} isBundleOpen={child?.routeId === '/clients/$partyId/bundle'} />
        </div>
        {child && (
          <div className="client-pane" {...together}>
            <Outlet />
          </div>
        )}
      </div>
    </div>
  );
}
