import { useMantineColorScheme } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { PartyRow } from '../api/shapes.ts';
import { cover } from '../session/cover.ts';
import { lockNow } from '../session/lock.ts';
import { chooseLanguage, LANGUAGES, nameOfLanguage } from '../words/language.ts';
import { t } from '../words/t.ts';

export type Choice = { id: string; says: string; kind: string; run: () => void };

/** Clients first, then what can be done, last a search for the words themselves. */
export function useChoices(words: string, parties: readonly PartyRow[], onKeys: () => void): Choice[] {
  const navigate = useNavigate();
  const { partyId: party } = useParams({ strict: false });
  const byHand = (kind: 'call' | 'note') => () =>
    navigate({ to: '/by-hand', search: party ? { kind, party } : { kind } });
  const { setColorScheme } = useMantineColorScheme();
  const isWanted = (says: string) => says.toLowerCase().includes(words.trim().toLowerCase());
  const go = t('palette.go');
  const look = t('palette.look');
  const actions: Choice[] = [
    { id: 'go-today', says: t('room.today'), kind: go, run: () => navigate({ to: '/' }) },
    { id: 'go-clients', says: t('room.clients'), kind: go, run: () => navigate({ to: '/clients' }) },
    { id: 'go-cases', says: t('room.cases'), kind: go, run: () => navigate({ to: '/cases' }) },
    {
      id: 'go-complaints',
      says: t('complaint.register'),
      kind: go,
      run: () => navigate({ to: '/complaints' }),
    },
    { id: 'go-record', says: t('room.record'), kind: go, run: () => navigate({ to: '/record' }) },
    { id: 'go-calendar', says: t('room.calendar'), kind: go, run: () => navigate({ to: '/calendar' }) },
    { id: 'do-import', says: t('door.bring'), kind: go, run: () => navigate({ to: '/import' }) },
    { id: 'do-paste', says: t('door.paste'), kind: go, run: () => navigate({ to: '/paste' }) },
    { id: 'do-call', says: t('keys.call'), kind: 'c', run: byHand('call') },
    { id: 'do-note', says: t('keys.note'), kind: 'n', run: byHand('note') },
    { id: 'go-policies', says: t('policy.title'), kind: go, run: () => navigate({ to: '/policies' }) },
    { id: 'go-language', says: t('rules.title'), kind: go, run: () => navigate({ to: '/language' }) },
    { id: 'go-phones', says: t('phones.title'), kind: go, run: () => navigate({ to: '/phones' }) },
    { id: 'go-us', says: t('us.title'), kind: go, run: () => navigate({ to: '/us' }) },
    { id: 'go-trust', says: t('trust.title'), kind: go, run: () => navigate({ to: '/trust' }) },
    { id: 'go-mailboxes', says: t('mailbox.title'), kind: go, run: () => navigate({ to: '/mailboxes' }) },
    { id: 'go-people', says: t('people.title'), kind: go, run: () => navigate({ to: '/people' }) },
    { id: 'go-bundles', says: t('bundles.title'), kind: go, run: () => navigate({ to: '/bundles' }) },
    { id: 'go-custody', says: t('custody.title'), kind: go, run: () => navigate({ to: '/custody' }) },
    { id: 'go-kept', says: t('kept.title'), kind: go, run: () => navigate({ to: '/kept' }) },
    { id: 'do-lock', says: t('keys.lock'), kind: 'L', run: () => lockNow() },
    { id: 'do-cover', says: t('keys.cover'), kind: 'Esc', run: cover },
    { id: 'do-keys', says: t('keys.title'), kind: '?', run: onKeys },
    { id: 'look-light', says: t('look.light'), kind: look, run: () => setColorScheme('light') },
    { id: 'look-dark', says: t('look.dark'), kind: look, run: () => setColorScheme('dark') },
    { id: 'look-auto', says: t('look.auto'), kind: look, run: () => setColorScheme('auto') },
    ...languageChoices(),
  ];
  const opened = parties.map((party) => ({
    id: `party-${party.id}`,
    says: party.name,
    kind: t('palette.client'),
    run: () => navigate({ to: '/clients/$partyId', params: { partyId: party.id } }),
  }));
  const search = {
    id: 'search',
    says: t('palette.search', { words }),
    kind: '/',
    run: () => navigate({ to: '/record', search: { q: words } }),
  };
  return [...opened, ...actions.filter(({ says }) => isWanted(says)), ...(words.trim() ? [search] : [])];
}

function languageChoices(): Choice[] {
  if (LANGUAGES.length < 2) return [];
  return LANGUAGES.map((tag) => ({
    id: `language-${tag}`,
    says: nameOfLanguage(tag),
    kind: t('palette.language'),
    run: () => void chooseLanguage(tag),
  }));
}
