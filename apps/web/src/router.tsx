import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { RouteBroken } from './shell/broken.tsx';
import { NotHere } from './shell/not-here.tsx';
import { Shell } from './shell/shell.tsx';
import { TodayPage } from './today/today-page.tsx';

export type TimelineFilter = { from?: 'them' | 'us' };
export type SearchWords = { q?: string; party?: string };

const root = createRootRoute({ component: Shell, notFoundComponent: NotHere });
const today = createRoute({ getParentRoute: () => root, path: '/', component: TodayPage });
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./session/doors.tsx'), 'DoorsPage'),
});
const clients = createRoute({
  getParentRoute: () => root,
  path: '/clients',
  component: lazyRouteComponent(() => import('./clients/clients-page.tsx'), 'ClientsPage'),
});
const client = createRoute({
  getParentRoute: () => root,
  path: '/clients/$partyId',
  validateSearch: (given: Record<string, unknown>): TimelineFilter =>
    given.from === 'them' || given.from === 'us' ? { from: given.from } : {},
  component: lazyRouteComponent(() => import('./client/client-page.tsx'), 'ClientPage'),
});
const clientInteraction = createRoute({
  getParentRoute: () => client,
  path: '/interactions/$interactionId',
  component: lazyRouteComponent(() => import('./interaction/interaction-page.tsx'), 'ClientInteraction'),
});
const clientBundle = createRoute({
  getParentRoute: () => client,
  path: '/bundle',
  component: lazyRouteComponent(() => import('./bundle/bundle-panel.tsx'), 'BundlePanel'),
});
const clientCourse = createRoute({
  getParentRoute: () => client,
  path: '/course',
  component: lazyRouteComponent(() => import('./course/course-panel.tsx'), 'CoursePanel'),
});
const clientMarked = createRoute({
  getParentRoute: () => client,
  path: '/marked',
  component: lazyRouteComponent(() => import('./marked/marked-panel.tsx'), 'MarkedPanel'),
});
const interaction = createRoute({
  getParentRoute: () => root,
  path: '/interactions/$interactionId',
  component: lazyRouteComponent(() => import('./interaction/interaction-page.tsx'), 'InteractionPage'),
});
const record = createRoute({
  getParentRoute: () => root,
  path: '/record',
  validateSearch: (given: Record<string, unknown>): SearchWords => ({
    ...(typeof given.q === 'string' && given.q !== '' ? { q: given.q } : {}),
    ...(typeof given.party === 'string' ? { party: given.party } : {}),
  }),
  component: lazyRouteComponent(() => import('./search/record-page.tsx'), 'RecordPage'),
});
const bring = createRoute({
  getParentRoute: () => root,
  path: '/import',
  component: lazyRouteComponent(() => import('./import/import-page.tsx'), 'ImportPage'),
});
const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('./import/run-page.tsx'), 'RunPage'),
});
const language = createRoute({
  getParentRoute: () => root,
  path: '/language',
  component: lazyRouteComponent(() => import('./rules/rules-page.tsx'), 'RulesPage'),
});
const paste = createRoute({
  getParentRoute: () => root,
  path: '/paste',
  component: lazyRouteComponent(() => import('./paste/paste-page.tsx'), 'PastePage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    today,
    welcome,
    clients,
    client.addChildren([clientInteraction, clientBundle, clientCourse, clientMarked]),
    interaction,
    record,
    bring,
    run,
    paste,
    language,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: RouteBroken,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
