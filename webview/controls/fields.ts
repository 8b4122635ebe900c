import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';

interface Field {
  readonly id: string;
  readonly label: string;
  /** What it is, in one sentence. */
  readonly title: string;
}

interface NumberField extends Field {
  readonly value: number;
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  /** `any`: not only whole numbers. */
  readonly step?: number | 'any';
  readonly disabled?: boolean;
  readonly choose: (value: number) => void;
}

/** A number that must be there; NaN while the field is empty. */
export function numberField({ value, choose, ...field }: NumberField): TemplateResult {
  const text = Number.isNaN(value) ? '' : String(value);
  return fieldView(
    field,
    input(
      field,
      text,
      '',
      (typed) => {
        choose(numberOf(typed));
      },
      (typed) => sameNumber(numberOf(typed), value),
    ),
  );
}

interface OptionalField extends Omit<NumberField, 'value' | 'choose'> {
  readonly value: number | null;
  /** What stands in the empty field. */
  readonly placeholder: string;
  readonly choose: (value: number | null) => void;
}

/** A number, or the empty field. */
export function optionalField({ value, choose, placeholder, ...field }: OptionalField): TemplateResult {
  const meaning = (typed: string) => (typed === '' ? null : numberOf(typed));
  const text = value === null ? '' : String(value);
  return fieldView(
    field,
    input(
      field,
      text,
      placeholder,
      (typed) => {
        choose(meaning(typed));
      },
      (typed) => meaning(typed) === value,
    ),
  );
}

interface TextField extends Field {
  readonly value: string;
  readonly placeholder: string;
  readonly means: (text: string) => boolean;
  readonly choose: (text: string) => void;
}

export function textField({
  id,
  label,
  title,
  value,
  placeholder,
  means,
  choose,
}: TextField): TemplateResult {
  return html`<label class="field wide" title=${title}
    ><span>${label}</span
    ><input
      type="text"
      data-testid=${id}
      spellcheck="false"
      placeholder=${placeholder}
      ${fieldValue(value, means)}
      @input=${(event: Event) => {
        choose((event.currentTarget as HTMLInputElement).value);
      }}
  /></label>`;
}

function input(
  { id, least, most, step = 1, disabled = false }: Omit<NumberField, 'value' | 'choose'>,
  text: string,
  placeholder: string,
  typed: (text: string) => void,
  means: (text: string) => boolean,
): TemplateResult {
  return html`<input
    type="number"
    data-testid=${id}
    min=${least ?? ''}
    max=${most ?? ''}
    step=${step}
    placeholder=${placeholder}
    ?disabled=${disabled}
    ${fieldValue(text, means)}
    @input=${(event: Event) => {
      typed((event.currentTarget as HTMLInputElement).value);
    }}
  />`;
}

function fieldView({ label, title }: Field, control: TemplateResult): TemplateResult {
  return html`<label class="field" title=${title}><span>${label}</span>${control}</label>`;
}

function numberOf(text: string): number {
  return text === '' ? NaN : Number(text);
}

function sameNumber(a: number, b: number): boolean {
  return Object.is(a, b);
}

/**
 * Gives an input its text at every drawing, unless it means the value already: “0.” and “.50” are not written over while
 * somebody types.
 *
 * @param means whether a text means the value
 */
function fieldValue(text: string, means: (text: string) => boolean) {
  return ref((element) => {
    if (!(element instanceof HTMLInputElement) || element.value === text) return;
    const isTyping = document.activeElement === element;
    if (isTyping && (element.validity.badInput || means(element.value))) return;
    element.value = text;
  });
}
