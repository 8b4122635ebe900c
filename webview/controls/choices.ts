import { html, nothing, type TemplateResult } from 'lit';

/** One option of a control. */
export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  /** What it means, or why it is not available now. */
  readonly title?: string | undefined;
  readonly disabled?: boolean | undefined;
}

interface Choosing<T> {
  /** Identifies the group and its inputs on the page. */
  readonly id: string;
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly chosen: T;
  readonly choose: (value: T) => void;
  readonly title?: string | undefined;
}

/** A segmented control made of radio buttons, which arrow keys and screen readers support. */
export function radioView<T extends string>(choosing: Choosing<T>): TemplateResult {
  const { id, label, choices, chosen, choose } = choosing;
  return html`<fieldset class="segments" data-testid=${id}>
    <legend>${label}</legend>
    ${choices.map(
      ({ value, label: text, title, disabled }) =>
        html`<label title=${title ?? nothing}
          ><input
            type="radio"
            name=${id}
            value=${value}
            .checked=${value === chosen}
            ?disabled=${disabled ?? false}
            @change=${() => {
              choose(value);
            }}
          /><span>${text}</span></label
        >`,
    )}
  </fieldset>`;
}

/** A drop-down list. */
export function selectView<T extends string>(choosing: Choosing<T>): TemplateResult {
  const { id, label, choices, chosen, choose, title } = choosing;
  const changed = (event: Event) => {
    const choice = choices[(event.currentTarget as HTMLSelectElement).selectedIndex];
    if (choice) choose(choice.value);
  };
  return html`<label class="choice" title=${title ?? nothing}
    ><span>${label}</span
    ><select data-testid=${id} @change=${changed}>
      ${choices.map(
        ({ value, label: text, title: why, disabled }) =>
          html`<option
            value=${value}
            title=${why ?? nothing}
            .selected=${value === chosen}
            ?disabled=${disabled ?? false}
          >
            ${text}
          </option>`,
      )}
    </select></label
  >`;
}

/** A check box. */
export function checkView(
  id: string,
  label: string,
  isChecked: boolean,
  choose: (isChecked: boolean) => void,
): TemplateResult {
  // The listener comes first: setting `checked` triggers it too, and the previous listener would treat that as user input.
  return html`<vscode-checkbox
    data-testid=${id}
    @change=${(event: Event) => {
      const { checked } = event.target as HTMLInputElement;
      if (checked !== isChecked) choose(checked);
    }}
    .checked=${isChecked}
    >${label}</vscode-checkbox
  >`;
}
