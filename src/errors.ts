/** Faults that stop something a person started: they carry a stable code and a Chinese sentence with the remedy. */

export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
