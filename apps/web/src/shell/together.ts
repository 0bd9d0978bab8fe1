import { type Query, useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

const unanswered = { predicate: ({ state }: Query) => state.data === undefined };

/**
 * For a part of a page that appears at once, when what it asked for first is there: nothing then moves away under a hand
 * that reaches for it. After a quarter of a second it is seen as it comes and cannot be pressed yet; after a second it is
 * waited for no more (shell.css).
 *
 * @param what The page or record that is shown; another one is waited for anew.
 * @returns The attributes of the element that holds it.
 */
export function useTogether(what: string | undefined): { readonly 'data-waits'?: true } {
  const queries = useQueryClient();
  const asked = useIsFetching(unanswered);
  const [drawn, setDrawn] = useState<string>();
  const waits = what !== undefined && drawn !== what;
  useEffect(() => {
    // An answer may lead to the next question: those have been asked by now.
    if (waits && asked + queries.isFetching(unanswered) === 0) setDrawn(what);
  }, [waits, what, asked, queries]);
  return waits ? { 'data-waits': true } : {};
}
