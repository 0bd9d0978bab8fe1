import { type ComponentProps, useEffect, useRef } from 'react';

type Marking = Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'onSelect'> & {
  text: string;
  /** @param start, end in the text as the field counts it: a line break is one unit */
  onMark: (start: number, end: number) => void;
};

/**
 * A text in which words are marked, by mouse, by key, or by the handles of a phone. A field that is read-only would take no
 * caret from keys, so this one takes the caret and keeps its text; no keyboard comes up on a phone.
 */
export function TextToMark({ text, onMark, ...field }: Marking) {
  const box = useRef<HTMLTextAreaElement>(null);
  const mark = useRef(onMark);
  mark.current = onMark;
  useEffect(() => {
    // Handles on a phone move the selection without any press or key.
    const selected = () => {
      const { current } = box;
      if (current && current === document.activeElement)
        mark.current(current.selectionStart, current.selectionEnd);
    };
    document.addEventListener('selectionchange', selected);
    return () => document.removeEventListener('selectionchange', selected);
  }, []);
  return (
    <textarea
      {...field}
      ref={box}
      value={text}
      inputMode="none"
      aria-readonly="true"
      onChange={() => {}}
      onDrop={(event) => event.preventDefault()}
    />
  );
}
