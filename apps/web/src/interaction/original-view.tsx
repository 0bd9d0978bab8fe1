import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Interaction, InteractionInPlace } from '../api/shapes.ts';
import { number, size } from '../words/how-much.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { originalTextQuery, originalUrl } from './interaction.queries.ts';

/** The bytes as they arrived. */
export function OriginalView({ interaction }: { interaction: InteractionInPlace }) {
  const { row, originals } = interaction;
  const [form, setForm] = useState(0);
  const original = originals[form];
  const { data, error } = useQuery(originalTextQuery(row.id, form));
  return (
    <div className="stack">
      <div className="row">
        <a className="action" href={originalUrl(row.id, form)} download>
          {t('original.download')}
        </a>
        {originals.length > 1 && (
          <select
            className="client-state"
            aria-label={t('original.which')}
            value={form}
            onChange={(event) => setForm(Number(event.currentTarget.value))}
          >
            {originals.map(({ id }, at) => (
              <option key={id} value={at}>
                {t('original.form', { at: at + 1, of: originals.length })}
              </option>
            ))}
          </select>
        )}
        {original && (
          <span className="small quiet">
            {size(original.sizeBytes)} · {whereFrom(original)}
          </span>
        )}
      </div>
      {error && <p className="notice">{problemWords(error)}</p>}
      {data && (
        <>
          <p className="small quiet">
            {t('original.shownAs', { encoding: data.encoding, cut: data.truncated ? 'yes' : 'no' })}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text must be scrollable by keys */}
          <pre className="mono sheet bytes" tabIndex={0}>
            {data.text}
          </pre>
        </>
      )}
    </div>
  );
}

function whereFrom({ container, member, start, until }: Interaction['originals'][number]): string {
  const place = [container, member].filter(Boolean).join(' › ') || t('original.ownFile');
  return start === null || until === null
    ? place
    : t('original.range', { place, start: number(start), until: number(until) });
}
