/** The folder of this node's read databases. Also the injection token. */
export class ReadFolder {
  constructor(readonly path: string) {}
}
