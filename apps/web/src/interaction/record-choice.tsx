import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import { staying } from '../shell/staying.ts';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { type RecordRow, recordsQuery, type Side } from './record-choice.queries.ts';
import './record-choice.css';

type Choice = {
  partyId: string;
  /** Whose words are meant; both sides' when it does not matter. */
  side?: Side | undefined;
  says: string;
  chooseSays: string;
  chosen: string;
  /** What stands for the chosen one while it is not among those shown. */
  chosenSays?: string | undefined;
  onChoose: (interactionId: string) => void;
};

const SHORTEST = 2;

/** A message, call or note of one client: the newest ones, older ones page by page, or those that have certain words. */
export function RecordChoice({ partyId, side, says, chooseSays, chosen, chosenSays, onChoose }: Choice) {
  const id = useId();
  const [written, setWritten] = useState('');
  const words = useDeferredValue(written.trim().length >= SHORTEST ? written.trim() : '');
  const { data, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    ...recordsQuery(partyId, side, words),
    throwOnError: true,
  });
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const isShown = chosen === '' || rows.some((row) => row.id === chosen);
  return (
    <div className="record-choice">
      <label htmlFor={id}>{says}</label>
      <input
        type="search"
        value={written}
        aria-label={t('cite.find')}
        placeholder={t('cite.find')}
        onChange={(event) => setWritten(event.currentTarget.value)}
        // Inside a form this key would send it.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <select
        id={id}
        className="field-select"
        value={chosen}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">{chooseSays}</option>
        {!isShown && <option value={chosen}>{chosenSays ?? t('cite.chosen')}</option>}
        {rows.map((row) => (
          <option key={row.id} value={row.id}>
            {inOneLine(row)}
          </option>
        ))}
      </select>
      <p className="record-choice-more small quiet">
        <span role="status">
          {data && words !== '' && t('cite.found', { count: rows.length, more: hasNextPage ? '+' : '' })}
        </span>
        {hasNextPage && (
          <button
            type="button"
            className="link-button small"
            {...staying(isFetching)}
            onClick={() => void fetchNextPage()}
          >
            {t('cite.older')}
          </button>
        )}
      </p>
    </div>
  );
}

function inOneLine({ at, kind, subject, words }: RecordRow): string {
  return [momentOf(at), kind === 'message' ? '' : named('kind', kind), subject ?? '', words]
    .filter((part) => part !== '')
    .join(' · ');
}
