import { CopyText } from '../agreement/copy-text.tsx';
import './phones.css';

/** Over plain HTTP a page may not copy: there the address is marked as soon as it is touched. */
export function Address({ url, says }: { url: string; says: string }) {
  if (navigator.clipboard) return <CopyText text={url} lang="en" />;
  return (
    <input
      className="mono phones-address"
      readOnly
      aria-label={says}
      value={url}
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}

/** This page is open on the machine itself: nobody comes in by this name from elsewhere. */
export function isHere(): boolean {
  return /^(localhost|127\.|\[::1\])/.test(location.hostname);
}
