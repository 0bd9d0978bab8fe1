import { Icon } from '../shell/icon.tsx';
import './pane.css';

type Shown = { id: string; says: string; closeSays: string; onClose: () => void };

/** The head of what is open beside a timeline: what it is, and how it is closed. */
export function PaneTitle({ id, says, closeSays, onClose }: Shown) {
  return (
    <div className="pane-title">
      <h1 id={id}>{says}</h1>
      <button type="button" className="plain-button pane-close" onClick={onClose} aria-label={closeSays}>
        <Icon name="close" />
      </button>
    </div>
  );
}
