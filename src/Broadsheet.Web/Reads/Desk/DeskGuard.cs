using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Microsoft.AspNetCore.Antiforgery;

namespace Broadsheet.Web.Reads.Desk;

/// <summary>Stands at the newsroom's door: who may come in, whose form it is; and gives people their words back when a form cannot be taken.</summary>
internal sealed partial class DeskGuard(IAntiforgery antiforgery, DeskPages pages, PublicationStore publications, IDatabaseEngine engine, ILogger<DeskGuard> log)
{
    private const int LongestKept = 4_000_000;

    public async ValueTask<object?> LetStaffInAsync(EndpointFilterInvocationContext context, Permission? needs, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (CurrentPerson.Of(http) is not { } person || !person.Role.IsStaff())
        {
            if (HttpMethods.IsGet(http.Request.Method))
                return TypedResults.Redirect($"/account/sign-in/?returnUrl={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
            return CurrentPerson.Of(http) is null ? await SignedOutAsync(http) : await KeepAsync(http, StatusCodes.Status403Forbidden, "This is not yours to do", "The newsroom is for the staff of the publication.", maySend: false);
        }
        if (person.LacksStep(await publications.GetAsync(http.RequestAborted)))
        {
            if (HttpMethods.IsGet(http.Request.Method)) return TypedResults.Redirect(person.HasTwoSteps ? FreshSignIn.Address(http.Request.Path + http.Request.QueryString) : "/account/two-steps/?needed=1");
            return await KeepAsync(http, StatusCodes.Status403Forbidden, "Two steps are needed here", "Nothing was saved. Your words are below: open the newsroom in another tab or window, take the second step there, then come back here and send them again.", maySend: true);
        }
        if (needs is { } permission && !person.Role.May(permission))
            return await KeepAsync(http, StatusCodes.Status403Forbidden, "This is not yours to do", "Your role here does not include this. An editor or administrator can do it, or change your role.", maySend: false);
        return await next(context);
    }

    public Task<IResult> SignedOutAsync(HttpContext http) =>
        KeepAsync(http, StatusCodes.Status401Unauthorized, "You are signed out", "Nothing was saved. Your words are below: sign in in another tab or window, then come back here and send them again.", maySend: true);

    public async ValueTask<object?> CheckFormAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method)) return await next(context);
        try
        {
            // Reads the form, too: a damaged one shows here.
            if (!await antiforgery.IsRequestValidAsync(http))
                return await KeepAsync(http, StatusCodes.Status400BadRequest, "This form has run out", "It was open for very long, or from before you signed in. Nothing was done yet: send it again.", maySend: true);
            // Nobody types one, and no database takes it.
            if (http.Request.HasFormContentType && (await http.Request.ReadFormAsync(http.RequestAborted)).Any(f => f.Key.Contains('\0', StringComparison.Ordinal) || f.Value.Any(v => v?.Contains('\0', StringComparison.Ordinal) == true)))
                throw new InvalidDataException("The form has a null character.");
            return await next(context);
        }
        catch (Exception failure) when (IsTooLarge(failure) || IsDamaged(failure))
        {
            return await UnreadAsync(http, failure);
        }
        catch (Exception failure) when (failure is not BadHttpRequestException && (failure as StorageException ?? engine.AsStorageTrouble(failure)) is not null)
        {
            Log.NotStored(log, LoggedAddress.Of(http), failure);
            http.Response.Headers.RetryAfter = "30";
            var trouble = (failure as StorageException ?? engine.AsStorageTrouble(failure))!;
            return await KeepAsync(http, StatusCodes.Status503ServiceUnavailable, "Nothing could be stored just now", $"{trouble.Message} Nothing was changed. Your words are below: send them again in a moment.", maySend: true);
        }
    }

    /// <summary>A page with what the form carried, to copy or to send again.</summary>
    private async Task<IResult> KeepAsync(HttpContext http, int status, string heading, string message, bool maySend)
    {
        List<KeyValuePair<string, string>> fields = [];
        if (!HttpMethods.IsGet(http.Request.Method) && http.Request.HasFormContentType)
        {
            IFormCollection form;
            try
            {
                form = await http.Request.ReadFormAsync(http.RequestAborted);
            }
            catch (Exception failure) when (IsTooLarge(failure) || IsDamaged(failure))
            {
                return await UnreadAsync(http, failure);
            }
            fields = [.. form.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal) && !f.Key.Contains("password", StringComparison.OrdinalIgnoreCase))
                .SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value ?? "")).Where(f => f.Value.Length <= LongestKept)];
            if (form.Any(f => f.Key.Contains("password", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(f.Value))) maySend = false;
        }
        var home = CurrentPerson.Of(http) is not { } person ? ("/account/sign-in/", "Sign in") : person.Role.IsStaff() ? ("/newsroom/", "Front desk") : ("/account/", "Your account");
        return await pages.ShowAsync<KeptWords>(http, new KeptWords.Content(heading, message, http.Request.Path + http.Request.QueryString, fields, maySend, home.Item1, home.Item2), status);
    }

    private Task<IResult> UnreadAsync(HttpContext http, Exception failure) => IsTooLarge(failure)
        ? pages.SayAsync(http, StatusCodes.Status413PayloadTooLarge, "This is larger than the server takes", $"A form with its files may have up to {DeskRoutes.LargestForm >> 20} MB. Nothing was changed. Go back: your words are still in the form.")
        : pages.SayAsync(http, StatusCodes.Status400BadRequest, "This form could not be read", "It was damaged on its way, or one of its fields is larger than this server takes. Go back: your words are still in the form.");

    private static bool IsTooLarge(Exception failure) => (failure as BadHttpRequestException ?? failure.InnerException as BadHttpRequestException)?.StatusCode == StatusCodes.Status413PayloadTooLarge;

    /// <summary>The antiforgery check wraps what the form's reader says (a null character, for one).</summary>
    private static bool IsDamaged(Exception failure) => failure is InvalidDataException or AntiforgeryValidationException { InnerException: InvalidDataException };

    private static partial class Log
    {
        [LoggerMessage(EventId = 6001, Level = LogLevel.Error, Message = "A form at {Path} could not be stored")]
        public static partial void NotStored(ILogger log, string path, Exception failure);
    }
}
