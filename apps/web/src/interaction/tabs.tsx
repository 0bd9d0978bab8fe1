import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { chosenInView } from '../shell/in-view.ts';

type Tab<Name extends string> = { readonly name: Name; readonly says: string; readonly isEmpty?: boolean };
type Tabs<Name extends string> = {
  label: string;
  tabs: readonly Tab<Name>[];
  open: Name;
  onOpen: (name: Name) => void;
  children: ReactNode;
};

/** Tabs by the ARIA pattern: arrows move and open. */
export function Tabs<Name extends string>({ label, tabs, open, onOpen, children }: Tabs<Name>) {
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is moved when another tab is open
  useEffect(() => chosenInView(row.current), [open]);
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const at = tabs.findIndex(({ name }) => name === open);
    const next = (at + by + tabs.length) % tabs.length;
    onOpen(tabs[next]!.name);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <>
      <div ref={row} className="tabs" role="tablist" aria-label={label} onKeyDown={press}>
        {tabs.map(({ name, says, isEmpty }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            className={isEmpty ? 'tab quiet' : 'tab'}
            aria-selected={name === open}
            aria-controls={`${id}-panel`}
            tabIndex={name === open ? 0 : -1}
            onClick={() => onOpen(name)}
          >
            {says}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${open}`} className="tab-panel">
        {children}
      </div>
    </>
  );
}
