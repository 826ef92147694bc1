/**
 * The exceptions of EPCIS 2.0 and the HTTP status that goes with each. A problem document
 * (RFC 7807) names one as its type: `epcisException:` and the name.
 */
export const epcisExceptions = {
  CaptureLimitExceededException: { status: 413, title: 'Too much to capture at once' },
  ImplementationException: { status: 500, title: 'Something went wrong here' },
  NoSuchNameException: { status: 404, title: 'No query has that name' },
  NoSuchResourceException: { status: 404, title: 'There is no such thing' },
  NotAcceptableException: { status: 406, title: 'That cannot be had in this form' },
  QueryParameterException: { status: 400, title: 'A parameter is not as it should be' },
  QueryTooComplexException: { status: 400, title: 'The query asks more than can be answered' },
  QueryTooLargeException: { status: 413, title: 'More events match than were allowed for' },
  QueryValidationException: { status: 400, title: 'The query is not as it should be' },
  ResourceAlreadyExistsException: { status: 409, title: 'That is there already' },
  SecurityException: { status: 401, title: 'Who asks?' },
  SubscriptionControlsException: { status: 400, title: 'The schedule is not as it should be' },
  UnsupportedMediaTypeException: { status: 415, title: 'That form is not understood' },
  URITooLongException: { status: 414, title: 'The address is too long' },
  ValidationException: { status: 400, title: 'The document is not as it should be' },
} as const
export type EpcisExceptionName = keyof typeof epcisExceptions

/** Why a query or a capture is refused. */
export interface EpcisException {
  readonly name: EpcisExceptionName
  readonly detail: string
}
