using System.Data.Common;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>What the log may say of a fault that nobody foresaw. Its message may hold the value that was at fault, and a log holds no patient data.</summary>
public static class LoggedFault
{
    /// <returns>The message where disk, network or store speak of themselves; else the type and where it was thrown.</returns>
    public static string Of(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or DbException ? fault.Message : $"{fault.GetType().FullName}{Environment.NewLine}{fault.StackTrace}";

    /// <returns>In a word, for who works with what failed: the rejection that it carries, or the type.</returns>
    public static string NameOf(Exception fault) => fault is RejectedException refused ? refused.Rejection.ToString() : fault.GetType().Name;
}
