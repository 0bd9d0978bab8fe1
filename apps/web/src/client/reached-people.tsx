import { t } from '../words/t.ts';
import type { Identifier } from './reached-by.queries.ts';
import { shownAs } from './shown-as.ts';

type Given = { identifiers: readonly Identifier[]; onSplit: (identifier: Identifier) => void };

/** The people of a client by name, each with what they are reached by; a name says nothing of who they are. */
export function ReachedPeople({ identifiers, onSplit }: Given) {
  const people = Map.groupBy(identifiers, ({ label }) => label?.trim() || null);
  return [...people].map(([name, theirs]) => (
    <li key={name ?? ''}>
      <strong>{name ?? t('reach.noName')}</strong>
      <ul>
        {theirs.map((identifier) => (
          <li key={`${identifier.kind} ${identifier.value}`}>
            <span>{identifier.number ?? shownAs(identifier.value)}</span>{' '}
            <button type="button" className="link-button" onClick={() => onSplit(identifier)}>
              {t('reach.split')}
            </button>
          </li>
        ))}
      </ul>
    </li>
  ));
}
