import { useEffect, useRef } from 'react';
import { Icon } from '../shell/icon.tsx';
import './pane.css';

type Shown = {
  id: string;
  says: string;
  closeSays: string;
  onClose: () => void;
  /** Whoever walks from message to message in the list stays in it; everything else is gone to. */
  keepsPlace?: boolean;
};

/** The head of what is open beside a timeline: what it is, and how it is closed. */
export function PaneTitle({ id, says, closeSays, onClose, keepsPlace = false }: Shown) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!keepsPlace) title.current?.focus({ preventScroll: true });
  }, [keepsPlace]);
  return (
    <div className="pane-title">
      <h1 id={id} ref={title} tabIndex={-1}>
        {says}
      </h1>
      <button type="button" className="plain-button pane-close" onClick={onClose} aria-label={closeSays}>
        <Icon name="close" />
      </button>
    </div>
  );
}
