namespace Broadsheet.Core;

/// <summary>What is wrong with something a person gave: the field it is about and a sentence for that person.</summary>
/// <param name="Field">The form field or setting, in the form's own spelling (<c>comment</c>, <c>email</c>).</param>
/// <param name="Message">One sentence in the words of the interface, without markup.</param>
public sealed record Problem(string Field, string Message);

/// <summary>A value, or the problem that stands in its way. Bad input is a value, not an exception.</summary>
public readonly struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Problem? problem) => (_value, Problem) = (value, problem);

    /// <summary>Null when there is a value.</summary>
    public Problem? Problem { get; }

    /// <exception cref="InvalidOperationException">There is a <see cref="Problem"/> instead: a programming error.</exception>
    public T Value => Problem is null ? _value! : throw new InvalidOperationException($"No value: {Problem.Field}: {Problem.Message}");

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Problem problem) => new(default, problem);
}
