/** A newer Bellhop has changed the tables while this one runs. */
export class NewerSchema extends Error {
  constructor() {
    super('The tables have more migrations than this Bellhop knows.');
    this.name = this.constructor.name;
  }
}
