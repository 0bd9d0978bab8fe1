type Options<Value extends string> = {
  name: string;
  says: string;
  options: readonly { value: Value; says: string }[];
  value: string;
  onChoose: (value: Value) => void;
};

/** One of a few, each as large as a thumb; radio buttons underneath, so keys and readers know them. */
export function Chips<Value extends string>({ name, says, options, value, onChoose }: Options<Value>) {
  return (
    <fieldset className="chips">
      <legend>{says}</legend>
      {options.map((option) => (
        <label key={option.value} className="chip">
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          <span>{option.says}</span>
        </label>
      ))}
    </fieldset>
  );
}
