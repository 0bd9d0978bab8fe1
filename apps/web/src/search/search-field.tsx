import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type Ref, useEffect, useState } from 'react';
import type { SearchWords } from '../router.tsx';
import { t } from '../words/t.ts';

const route = getRouteApi('/record');
const WAIT_MS = 160;

type Field = { ref: Ref<HTMLInputElement>; words: SearchWords; onDown: () => void };

/** Searches as one types; the address keeps the words, so that a search can be returned to. */
export function SearchField({ ref, words, onDown }: Field) {
  const navigate = route.useNavigate();
  const router = useRouter();
  const [typed, setTyped] = useState(words.q ?? '');
  const search = useDebouncedCallback((q: string) => {
    // Whoever has gone on to another page in the meantime is not called back.
    if (router.latestLocation.pathname !== '/record') return;
    void navigate({ search: (now) => ({ ...now, q }), replace: true });
  }, WAIT_MS);
  useEffect(() => setTyped(words.q ?? ''), [words.q]);
  return (
    <input
      ref={ref}
      className="search-field"
      type="search"
      // biome-ignore lint/a11y/noAutofocus: one comes here to search
      autoFocus
      aria-label={t('search.label')}
      placeholder={t('search.hint')}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        search(event.target.value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
        if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
        event.preventDefault();
        onDown();
      }}
    />
  );
}
