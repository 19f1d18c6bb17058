namespace Broadsheet.Web.Features.Moderation.Models;

/// <summary>What the log says of the models' files.</summary>
internal static partial class ModelLog
{
    [LoggerMessage(EventId = 9100, Level = LogLevel.Warning, Message = "{Line}")]
    public static partial void NotUsed(ILogger log, string line);
}
