import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { unsigned, wasmType, type WasmFunction } from './wasmCode';

/**
 * The part of the WebAssembly interface in use: a global of every JavaScript engine that is not part of the language's
 * types.
 */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, WasmExport>> };
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly validate: (bytes: Uint8Array) => boolean;
};

export type WasmExport = (...values: readonly number[]) => void;

export interface WasmInstance {
  readonly buffer: ArrayBuffer;
  readonly functions: Readonly<Record<string, WasmExport>>;
}

/**
 * Compiles functions that share a memory of `bytes` bytes.
 *
 * @throws UserError if this much memory is not available
 */
export function instantiate(functions: readonly WasmFunction[], bytes: number): WasmInstance {
  const pages = Math.ceil(bytes / 65536);
  const memory = allocated(pages);
  const module = new WebAssembly.Module(Uint8Array.from(moduleBytes(functions, pages)));
  const { exports } = new WebAssembly.Instance(module, { e: { m: memory } });
  return { buffer: memory.buffer, functions: exports };
}

function allocated(pages: number): InstanceType<typeof WebAssembly.Memory> {
  try {
    return new WebAssembly.Memory({ initial: pages });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const megabytes = Math.ceil((pages * 65536) / 1e6);
    throw new UserError(
      t`A run needs ${megabytes} MB of memory, which are not available; use fewer concepts.`,
      {
        cause: error,
      },
    );
  }
}

/** Whether this engine has WebAssembly with SIMD (Node since 16, all current browsers). */
export function hasWasmSimd(probe: WasmFunction): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(Uint8Array.from(moduleBytes([probe], 1)));
}

function moduleBytes(functions: readonly WasmFunction[], pages: number): number[] {
  const indices = functions.map((_, i) => i);
  const types = functions.map(({ params }) => [
    0x60,
    ...unsigned(params.length),
    ...params.map((p) => wasmType[p]),
    0,
  ]);
  const exported = functions.map(({ name }, i) => [...text(name), 0, ...unsigned(i)]);
  return [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, [[...text('e'), ...text('m'), 2, 0, ...unsigned(pages)]]),
    ...section(3, indices.map(unsigned)),
    ...section(7, exported),
    ...section(
      10,
      functions.map((f) => f.encoded()),
    ),
  ];
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const body = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(body.length), ...body];
}

function text(ascii: string): number[] {
  return [ascii.length, ...Array.from(ascii, (letter) => letter.charCodeAt(0))];
}
