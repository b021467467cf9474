/** Defaults of options that are not the same in all versions, by the options' names. */
export type VersionDefaults = {
  readonly enforcePrivateUsers: boolean;
  readonly allowClientClassCreation: boolean;
  readonly emailVerifySuccessOnInvalidEmail: boolean;
  readonly enableSanitizedErrorResponse: boolean;
};

/**
 * What differs from one version of Parse Server to another, by knob. Each knob is read where its rule lives; that code knows
 * the knob, and not which version has it.
 */
export type Behaviour = {
  /** The patch that was asked, as `/serverInfo` tells it. */
  readonly patch: string;
  /** Defaults of options. */
  readonly defaults: VersionDefaults;
  /** Where a constraint by a protected field is refused: among the names of the constraint itself, or in its branches and in orders, too. */
  readonly protectedFieldsCount: 'atTopLevel' | 'everywhere';
};
