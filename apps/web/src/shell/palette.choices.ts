import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { PartyRow } from '../api/shapes.ts';
import { chooseLanguage, LANGUAGES, nameOfLanguage } from '../words/language.ts';
import { t } from '../words/t.ts';

export type Choice = { id: string; says: string; kind: string; run: () => void };

/** Clients first, then what can be done, last a search for the words themselves. */
export function useChoices(words: string, parties: readonly PartyRow[], onKeys: () => void): Choice[] {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const isWanted = (says: string) => says.toLowerCase().includes(words.trim().toLowerCase());
  const go = t('palette.go');
  const look = t('palette.look');
  const actions: Choice[] = [
    { id: 'go-today', says: t('room.today'), kind: go, run: () => navigate({ to: '/' }) },
    { id: 'go-clients', says: t('room.clients'), kind: go, run: () => navigate({ to: '/clients' }) },
    { id: 'go-record', says: t('room.record'), kind: go, run: () => navigate({ to: '/record' }) },
    { id: 'do-import', says: t('door.bring'), kind: go, run: () => navigate({ to: '/import' }) },
    { id: 'do-paste', says: t('door.paste'), kind: go, run: () => navigate({ to: '/paste' }) },
    { id: 'go-language', says: t('rules.title'), kind: go, run: () => navigate({ to: '/language' }) },
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
