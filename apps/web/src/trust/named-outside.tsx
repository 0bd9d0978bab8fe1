import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Act } from '../casefile/act.tsx';
import { useSession } from '../session/session.queries.ts';
import { problemWords } from '../words/problem-words.ts';
import '../casefile/casefile.css';

type Named = { readonly name: string; readonly url: string };
type Given<Item extends Named, Added> = {
  readonly items: readonly Item[];
  /** Names these and nobody else. */
  readonly name: (items: readonly (Item | Added)[]) => Promise<unknown>;
  readonly addSays: string;
  readonly added: (fields: FormData) => Added;
  readonly dropSays: (name: string) => string;
  /** The fields of another one. */
  readonly children: ReactNode;
};

/** Whom of outside the head of the log is shown to; the owner names another one, or one no more. */
export function NamedOutside<Item extends Named, Added>(given: Given<Item, Added>) {
  const { items, name, addSays, added, dropSays, children } = given;
  const dropping = useMutation({ mutationFn: name });
  const isOwner = useSession().data?.member?.role === 'owner';
  return (
    <>
      <ul className={items.length > 0 ? 'sheet lines' : undefined}>
        {items.map((item) => (
          <li key={item.name} className="row">
            <span>
              {item.name} <span className="quiet small">{item.url}</span>
            </span>
            {isOwner && (
              <button
                type="button"
                className="link-button"
                onClick={() => dropping.mutate(items.filter((one) => one !== item))}
              >
                {dropSays(item.name)}
              </button>
            )}
          </li>
        ))}
      </ul>
      {dropping.error && (
        <p className="notice" role="alert">
          {problemWords(dropping.error)}
        </p>
      )}
      {isOwner && (
        <Act says={addSays} run={(fields) => name([...items, added(fields)])}>
          {children}
        </Act>
      )}
    </>
  );
}
